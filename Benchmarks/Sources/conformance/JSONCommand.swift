import ArgumentParser
import HarnessJSON

/// Reads each file as one JSON text by RFC 8259.
struct JSONCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "json", abstract: "Reads each file as a JSON text (RFC 8259).")

  @Argument(help: "The files to read.") var files: [String]

  func run() throws {
    var isAccepted = true
    for file in files {
      do throws(Refusal) {
        _ = try jsonValue(of: file)
        print((["file": .string(file), "accepted": true] as JSONValue).compactText)
      } catch {
        isAccepted = false
        print(error.value.compactText)
      }
    }
    if !isAccepted { throw ExitCode(1) }
  }
}
