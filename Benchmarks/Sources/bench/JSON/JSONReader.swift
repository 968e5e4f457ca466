import Foundation
import HarnessJSON

/// A way to read a document.
enum JSONReader: String, CaseIterable {
  case tape = "HarnessJSON, tape with full validation"
  case visit = "HarnessJSON, every name and value visited"
  case orjson = "orjson.loads, gc.disable()"
  case serialization = "JSONSerialization"
  case decoder = "JSONDecoder to structs"
  case typed = "JSONValue.decode to the same structs"

  /// The CPU time that this process, or Python's, takes to read it: the best of five, for the fast ones.
  func seconds(_ document: [UInt8], _ file: URL, python: String?) throws -> Double {
    if self == .orjson { return try Python(python).seconds(file) }
    let data = Data(document)
    var best = Double.infinity
    for _ in 0..<(self == .tape || self == .visit ? 5 : 1) {
      let start = CPUTime.now
      try read(document, data)
      best = min(best, CPUTime.now - start)
    }
    return best
  }

  /// How much the resident memory of a process of its own grows at most, the bytes of the text included.
  func peak(of file: URL, python: String?) throws -> Int {
    if self == .orjson { return try Python(python).peak(file) }
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
    process.arguments = ["json-peak", rawValue, file.path]
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return Int(text.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
  }

  func read(_ document: [UInt8], _ data: Data) throws {
    switch self {
    case .tape:
      let value = try JSONValue(parsing: document)
      precondition(!value.isNull)
    case .visit:
      var visitor = Visitor()
      visitor.visit(try JSONValue(parsing: document))
      precondition(visitor.sum > 0)
    case .serialization: _ = try JSONSerialization.jsonObject(with: data)
    case .decoder: _ = try JSONDecoder().decode([Record].self, from: data)
    case .typed: _ = try JSONValue(parsing: document).decode([Record].self)
    case .orjson: preconditionFailure("orjson runs in Python")
    }
  }
}

/// Looks at every name and value, as a string, number or Boolean of Swift.
private struct Visitor {
  var sum = 0

  mutating func visit(_ value: JSONValue) {
    switch value {
    case .null: sum &+= 1
    case .bool(let value): sum &+= value ? 2 : 1
    case .number(let number): sum &+= number.lexeme.utf8.count
    case .string(let text): sum &+= text.utf8.count
    case .array(let elements): for element in elements { visit(element) }
    case .object(let object):
      for member in object {
        sum &+= member.name.utf8.count
        visit(member.value)
      }
    }
  }
}

/// What `RecordDocument` writes.
private struct Record: Decodable {
  struct Owner: Decodable {
    let login: String
    let url: String
    let note: String?
  }

  struct Line: Decodable {
    let sku: String
    let qty: Int
    let net: Double
  }

  let id: Int
  let uuid: String
  let name: String
  let active: Bool
  let price: Double
  let ratio: Double
  let tags: [String]
  let created: String
  let owner: Owner
  let lines: [Line]
}
