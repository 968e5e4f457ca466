import Foundation
import HarnessJSON
import Testing

/// Documents whose shape is chosen to hurt who reads them.
@Suite struct `A hostile JSON document` {
  /// As deep as the default limit allows.
  private static func deep(_ scalar: String) throws -> JSONValue {
    let depth = JSONLimits().maximumDepth
    let text =
      String(repeating: #"{"a":["#, count: depth / 2) + scalar
      + String(repeating: "]}", count: depth / 2)
    return try JSONValue(parsing: text)
  }

  @Test func `is handled on a small stack however deep it is`() async {
    let outcome = await withCheckedContinuation { continuation in
      let thread = Thread { continuation.resume(returning: Result { try Self.walkThrough() }) }
      // What a secondary thread has on macOS, and with it every task of the pool there.
      thread.stackSize = 512 << 10
      thread.start()
    }
    #expect(throws: Never.self) { try outcome.get() }
  }

  private static func walkThrough() throws {
    let (one, other) = (try deep("1"), try deep("2"))
    #expect(one != other)
    #expect(JSONDifference(expected: one, actual: other).findings.count == 1)
    #expect(try JSONValue(parsing: one.prettyText) == one)
    #expect(try JSONValue(encoding: one).decode(JSONValue.self) == one)
  }

  @Test func `is refused before its release would overflow the stack`() {
    let text = String(repeating: "[", count: 200_000) + String(repeating: "]", count: 200_000)
    let error = #expect(throws: JSONError.self) {
      try JSONValue(parsing: text, limits: JSONLimits(maximumDepth: 1_000_000))
    }
    #expect(
      error?.description
        == "line 1, column 2049 (byte 2048): nested deeper than the limit of 2048")
  }

  // With one search through all members for each of them, this took a quarter of an hour.
  @Test(.timeLimit(.minutes(15))) func `is coded in linear time however wide it is`() throws {
    let names = (0..<60_000).map { "name\($0)" }
    let object = JSONObject(names.map { .init(name: $0, value: 1) })
    let dictionary: [String: Int] = try JSONValue.object(object).decode()
    #expect(dictionary.count == names.count)
    #expect(try JSONValue(encoding: dictionary).objectValue?.count == names.count)
  }

  // With a walk through all elements for the pointer of each of them, these took minutes.
  @Test(
    .timeLimit(.minutes(15)),
    arguments: [
      ("numbers", "[", "]"), ("arrays", "[", "]"), ("members", "{", "}"), ("objects", "{", "}"),
    ])
  func `is compared and queried in time however wide it is`(
    _ kind: String, _ opening: String, _ closing: String
  ) throws {
    let count = 50_000
    func document(_ value: Int) throws -> JSONValue {
      let elements = (0..<count).map { index in
        switch kind {
        case "numbers": "\(value)"
        case "arrays": "[\(value)]"
        case "members": #""n\#(index)":\#(value)"#
        default: #""n\#(index)":{"a":\#(value)}"#
        }
      }
      return try JSONValue(parsing: opening + elements.joined(separator: ",") + closing)
    }
    let (one, other) = (try document(1), try document(2))
    let difference = JSONDifference(expected: one, actual: other)
    #expect(difference.findings.count == count)
    #expect(difference.patch.operations.count == count)
    let nodes = try one.nodes(at: JSONPath(parsing: "$.*"))
    #expect(Set(nodes.map(\.normalizedPath)).count == count)
    #expect(Set(nodes.map(\.pointer)).count == count)
  }

  @Test func `is refused by a limit below nothing, too`() {
    let error = #expect(throws: JSONError.self) {
      try JSONValue(parsing: "", limits: JSONLimits(maximumSize: -1))
    }
    #expect(
      error?.description
        == #"line 1, column 1 (byte 0): expected a value, found the end of the text"#)
  }
}
