import ArgumentParser
import Foundation
import HarnessJSON

/// Reads each file as one JSON text by RFC 8259.
struct JSONCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "json", abstract: "Reads each file as a JSON text (RFC 8259).")

  @Argument(help: "The files to read.") var files: [String]

  func run() throws {
    var isAccepted = true
    for file in files {
      let bytes = try Array(Data(contentsOf: URL(fileURLWithPath: file)))
      do {
        _ = try JSONValue(parsing: bytes)
        print(verdict(on: file, error: nil).compactText)
      } catch {
        isAccepted = false
        print(verdict(on: file, error: error).compactText)
      }
    }
    if !isAccepted { throw ExitCode(1) }
  }

  private func verdict(on file: String, error: JSONError?) -> JSONValue {
    guard let error else { return ["file": .string(file), "accepted": true] }
    let place: JSONValue = [
      "message": .string(error.message), "offset": .number(JSONNumber(error.offset)),
      "line": .number(JSONNumber(error.line)), "column": .number(JSONNumber(error.column)),
    ]
    return ["file": .string(file), "accepted": false, "error": place]
  }
}
