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
      switch try ReadFile(file) {
      case .accepted: print((["file": .string(file), "accepted": true] as JSONValue).compactText)
      case .refused(let error):
        isAccepted = false
        print(verdict(on: file, error).compactText)
      }
    }
    if !isAccepted { throw ExitCode(1) }
  }
}

/// What the package makes of a file.
enum ReadFile {
  case accepted(JSONValue)
  case refused(JSONError)

  init(_ file: String) throws {
    let bytes = try Array(Data(contentsOf: URL(fileURLWithPath: file)))
    do throws(JSONError) {
      self = .accepted(try JSONValue(parsing: bytes))
    } catch { self = .refused(error) }
  }

  /// The value, or the end of the program with the error printed.
  static func value(of file: String) throws -> JSONValue {
    switch try ReadFile(file) {
    case .accepted(let value): return value
    case .refused(let error):
      print(verdict(on: file, error).compactText)
      throw ExitCode(1)
    }
  }
}

/// How a refused file is told of.
func verdict(on file: String, _ error: JSONError) -> JSONValue {
  let place: JSONValue = [
    "message": .string(error.message), "offset": .number(JSONNumber(error.offset)),
    "line": .number(JSONNumber(error.line)), "column": .number(JSONNumber(error.column)),
  ]
  return ["file": .string(file), "accepted": false, "error": place]
}
