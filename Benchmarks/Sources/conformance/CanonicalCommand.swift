import ArgumentParser
import Foundation
import HarnessJSON

/// Writes a file in canonical form.
struct CanonicalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "canonical",
    abstract: "Writes the canonical form (RFC 8785) of a JSON file, without a newline at the end.")

  @Argument(help: "The file to read.") var file: String

  func run() throws {
    let value = try requiredValue(of: file)
    do throws(JSONCanonicalError) {
      FileHandle.standardOutput.write(Data(try value.canonicalBytes()))
    } catch {
      let result: JSONValue = [
        "file": .string(file), "accepted": false, "error": ["message": .string(error.description)],
      ]
      print(result.compactText)
      throw ExitCode(1)
    }
  }
}
