import Foundation
import HarnessJSON
import Testing

/// The code of the articles, as it stands there.
@Suite struct `The articles` {
  static let report: JSONValue = [
    "id": "r-1", "total": 12.5,
    "rows": [["code": "BBOB", "price": 12], ["code": "X", "price": 99]],
  ]

  @Test func `begin with what is used most`() throws {
    let report = try JSONValue(
      parsing: #"{"id": "r-1", "total": 12.50, "rows": [{"code": "BBOB"}]}"#)

    #expect(report["rows"]?[0]?["code"]?.stringValue == "BBOB")
    #expect(try report.value(at: "/rows/0/code") == "BBOB")
    #expect(try report.values(at: "$.rows[?@.code > 'A'].code") == ["BBOB"])
    #expect(try report["total"]?.decode(Decimal.self) == Decimal(string: "12.5"))
    let findings = JSONDifference(expected: ["total": 12.5], actual: report).findings
    #expect(findings.map(\.pointer.description) == ["/id", "/rows"])
  }

  @Test func `read strictly`() throws {
    let body = Array(#"{"total": 12.50, "rows": [[]]}"#.utf8)
    let document = try JSONDocument(parsing: body)
    #expect(document.root["total"]?.numberValue?.lexeme == "12.50")
    let position = try document.position(at: JSONPointer(parsing: "/rows/0"))
    #expect(position.description == "line 1, column 27 (byte 26)")
    #expect(document.repeatedNames.isEmpty)
    let error = #expect(throws: JSONError.self) { try JSONDocument(parsing: "[1,]") }
    #expect(error?.description == #"line 1, column 4 (byte 3): expected a value, found "]""#)
  }

  @Test func `compare by rules`() throws {
    let comparison = JSONComparison(
      numbers: .value,
      rules: [
        .numbers(try JSONPath(parsing: "$..price"), .within(absolute: 0, relative: 1e-6)),
        .unordered(try JSONPath(parsing: "$.rows[*].tags")),
        .keyed(try JSONPath(parsing: "$.rows"), by: try JSONPointer(parsing: "/code")),
        .ignored(try JSONPath(parsing: "$.trace")),
      ])
    var actual = Self.report
    if case .object(var object) = actual {
      object["rows"] = [["code": "X", "price": 99.00001], ["price": 12, "code": "BBOB"]]
      object["trace"] = "t-9"
      actual = .object(object)
    }
    let difference = try JSONDifference(expected: Self.report, actual: actual, by: comparison)
    #expect(difference.isEmpty, "\(difference.findings.map(\.description))")
    #expect(difference.unmatchedRules.map(\.path.text) == ["$.rows[*].tags"])
  }

  @Test func `query`() throws {
    let path = try JSONPath(parsing: "$.rows[?@.price > 10 && match(@.code, '[A-Z]{4}')]")
    let nodes = try Self.report.nodes(at: path)
    #expect(nodes.map(\.value) == [["price": 12, "code": "BBOB"]])
    #expect(nodes.map(\.pointer.description) == ["/rows/0"])
    #expect(nodes.map(\.normalizedPath) == ["$['rows'][0]"])
  }

  @Test func `patch`() throws {
    let patch = try JSONPatch(
      JSONValue(parsing: #"[{"op": "replace", "path": "/total", "value": 13}]"#))
    let changed = try patch.applied(to: Self.report)
    let difference = JSONDifference(expected: Self.report, actual: changed)
    #expect(difference.patch.value == patch.value)
  }
}
