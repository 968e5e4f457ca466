import Foundation
import HarnessJSON
import Testing

@Suite struct `Coding a JSON value` {
  struct Report: Codable, Equatable {
    var id: String
    var total: Decimal
    var ratio: Double
    var rows: [Row]
    var sectors: [String: Int]
    var note: String?
    var next: URL?
    var createdAt: Date?
    var isFinal: Bool
  }

  struct Row: Codable, Equatable {
    var code: String
    var volume: Int64
  }

  static let text = #"""
    {"id":"r-1","total":1234567890.12345678901234567890,"ratio":0.25,
     "rows":[{"code":"BBOB","volume":3e2}],"sectors":{"Banks":1},"note":null,
     "next":"https://example.com/reports?page=2","createdAt":"2025-06-24T10:30:00Z","isFinal":true}
    """#

  @Test func `reads Swift types`() throws {
    let report = try JSONValue(parsing: Self.text).decode(Report.self)
    let total = try #require(Decimal(string: "1234567890.12345678901234567890"))
    #expect(
      report
        == Report(
          id: "r-1", total: total, ratio: 0.25, rows: [Row(code: "BBOB", volume: 300)],
          sectors: ["Banks": 1], note: nil, next: URL(string: "https://example.com/reports?page=2"),
          createdAt: Date(timeIntervalSince1970: 1_750_761_000), isFinal: true))
  }

  @Test func `gives back what it wrote`() throws {
    let report = try JSONValue(parsing: Self.text).decode(Report.self)
    let value = try JSONValue(encoding: report)
    #expect(
      value.compactText
        == #"{"id":"r-1","total":1234567890.1234567890123456789,"ratio":0.25,"#
        + #""rows":[{"code":"BBOB","volume":300}],"sectors":{"Banks":1},"#
        + #""next":"https://example.com/reports?page=2","#
        + #""createdAt":"2025-06-24T10:30:00.000Z","isFinal":true}"#)
    #expect(try value.decode(Report.self) == report)
  }

  @Test(arguments: [
    ("0.1", "0.1"), ("-1.50", "-1.5"), ("1e3", "1000"), ("0", "0"), ("-0.0", "0"),
    ("99999999999999999999999999999999999999", "99999999999999999999999999999999999999"),
    ("1e-128", "0.\(String(repeating: "0", count: 127))1"),
  ])
  func `makes a decimal of the digits as written`(_ text: String, _ expected: String) throws {
    #expect(try JSONValue(parsing: text).decode(Decimal.self).description == expected)
  }

  @Test(arguments: [
    "123456789012345678901234567890123456789", "1e-129", "1e200", "1e99999999999999999999",
  ])
  func `refuses a decimal that would lose digits`(_ text: String) throws {
    let value = try JSONValue(parsing: text)
    #expect(
      description(of: try value.decode(Decimal.self))
        == "at the root: \(text) is more than a Decimal can hold")
  }

  @Test func `refuses a number that would become infinite`() throws {
    #expect(
      description(of: try JSONValue(parsing: "1e400").decode(Double.self))
        == "at the root: 1e400 is out of the range of Double")
    #expect(
      description(of: try JSONValue(parsing: "[1e39]").decode([Float].self))
        == "at 0: 1e39 is out of the range of Float")
    #expect(try JSONValue(parsing: "1e-400").decode(Double.self) == 0)
  }

  struct Mistake: CustomTestStringConvertible {
    let testDescription: String
    let text: String

    init(_ text: String, _ message: String) {
      self.text = text
      testDescription = message
    }
  }

  @Test(arguments: [
    Mistake(#"[{"code":1,"volume":1}]"#, "at 0/code: expected a string, found 1"),
    Mistake(#"[{"code":"A"}]"#, #"at 0: no member "volume""#),
    Mistake(#"[{"code":"A","volume":null}]"#, "at 0/volume: expected a number, found null"),
    Mistake(
      #"[{"code":"A","volume":1.5}]"#,
      "at 0/volume: 1.5 is not in the range of Int64 or has a fraction"),
    Mistake(#"[[]]"#, "at 0: expected an object, found []"),
    Mistake(#"{}"#, "at the root: expected an array, found {}"),
  ])
  func `says where a type does not fit`(_ mistake: Mistake) throws {
    let value = try JSONValue(parsing: mistake.text)
    #expect(description(of: try value.decode([Row].self)) == mistake.testDescription)
  }

  @Test func `keeps order and digits inside a Codable type`() throws {
    struct Envelope: Codable { var payload: JSONValue }
    let text = #"{"payload":{"b":1.50,"a":[null,1e400]}}"#
    let envelope = try JSONValue(parsing: text).decode(Envelope.self)
    #expect(try JSONValue(encoding: envelope).compactText == text)
  }

  @Test func `passes through other coders`() throws {
    let large = JSONValue.number(JSONNumber(UInt64.max))
    let value: JSONValue = ["a": [1, 2.5, "x", .null, true, large], "b": [:]]
    let data = try JSONEncoder().encode(value)
    #expect(try JSONDecoder().decode(JSONValue.self, from: data) == value)
  }

  @Test func `refuses numbers that JSON does not have`() {
    #expect(
      description(of: try JSONValue(encoding: [1, Double.nan])) == "at 1: JSON has no number nan")
    #expect(throws: EncodingError.self) { try JSONValue(encoding: Float.infinity) }
    #expect(throws: EncodingError.self) { try JSONValue(encoding: Decimal.nan) }
  }

  @Test func `encodes a class and its super class`() throws {
    class Animal: Encodable { let legs = 4 }
    class Dog: Animal {
      let name = "Rex"
      enum Key: String, CodingKey { case name }
      override func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(name, forKey: .name)
        try super.encode(to: container.superEncoder())
      }
    }
    #expect(try JSONValue(encoding: Dog()).compactText == #"{"name":"Rex","super":{"legs":4}}"#)
  }

  /// What a coding error says, after the coding path.
  private func description<T>(of result: @autoclosure () throws -> T) -> String {
    do {
      _ = try result()
      return "no error"
    } catch let error as DecodingError {
      switch error {
      case .typeMismatch(_, let context), .valueNotFound(_, let context),
        .keyNotFound(_, let context), .dataCorrupted(let context):
        return text(context.codingPath, context.debugDescription)
      @unknown default: return "\(error)"
      }
    } catch EncodingError.invalidValue(_, let context) {
      return text(context.codingPath, context.debugDescription)
    } catch {
      return "\(error)"
    }
  }

  private func text(_ path: [any CodingKey], _ message: String) -> String {
    "at \(path.isEmpty ? "the root" : path.map(\.stringValue).joined(separator: "/")): \(message)"
  }
}
