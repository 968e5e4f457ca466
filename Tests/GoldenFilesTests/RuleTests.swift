import Foundation
import Testing

@testable import GoldenFiles

@Suite struct `The rules of a golden` {
  static let ids = [
    "0b7c1f0e-52d6-4f6a-9b0c-7d1f6f2a9e11", "1b7c1f0e-52d6-4f6a-9b0c-7d1f6f2a9e12",
    "2b7c1f0e-52d6-4f6a-9b0c-7d1f6f2a9e13",
  ]

  private func compare(
    _ actual: String, _ golden: String?, _ rules: [GoldenRule]
  ) throws -> GoldenComparison<JSONValue> {
    JSONGolden().compare(
      try JSONValue(parsing: actual), with: try golden.map { try JSONValue(parsing: $0) },
      rules: rules)
  }

  private func expectSame(
    _ actual: String, _ golden: String, _ rules: [GoldenRule],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let comparison = try compare(actual, golden, rules)
    #expect(
      (comparison.differences + comparison.violations).map(\.description) == [],
      sourceLocation: sourceLocation)
  }

  // MARK: Aliases

  @Test func `keep identity by aliases`() throws {
    let rules = [
      GoldenRule.uuid("/orders/*/id", alias: "order"), .alias("/lines/*/order", "order"),
    ]
    let actual = """
      {"lines": [{"order": "\(Self.ids[1])"}, {"order": "\(Self.ids[0])"}],
       "orders": [{"id": "\(Self.ids[0])"}, {"id": "\(Self.ids[1])"}]}
      """
    let stored = try compare(actual, nil, rules).candidate.compactText
    #expect(
      stored
        == #"{"lines":[{"order":"<order 1>"},{"order":"<order 2>"}],"#
        + #""orders":[{"id":"<order 2>"},{"id":"<order 1>"}]}"#)
    try expectSame(actual, stored, rules)
    // The order of members is not that of the aliases.
    let golden = """
      {"orders": [{"id": "<order 1>"}, {"id": "<order 2>"}],
       "lines": [{"order": "<order 2>"}, {"order": "<order 1>"}]}
      """
    try expectSame(actual, golden, rules)
    // Both lines of one order: each value for itself would pass.
    let mixed = actual.replacing(
      #""order": "\#(Self.ids[1])""#, with: #""order": "\#(Self.ids[0])""#)
    #expect(
      try compare(mixed, golden, rules).differences.map(\.description) == [
        """
        /lines/0/order
          expected  "<order 2>"
          actual    "<order 1>"
        """
      ])
  }

  @Test func `count aliases in the order of the file that is written`() throws {
    let rules = [GoldenRule.alias("/*/id", "row")]
    let golden = #"[{"id": "<row 1>", "n": "b"}, {"id": "<row 2>", "n": "c"}]"#
    let actual = #"[{"id": 7, "n": "a"}, {"id": 8, "n": "b"}, {"id": 9, "n": "c"}]"#
    let comparison = try compare(actual, golden, rules)
    #expect(
      comparison.candidate.compactText
        == #"[{"id":"<row 1>","n":"a"},{"id":"<row 2>","n":"b"},{"id":"<row 3>","n":"c"}]"#)
    try expectSame(actual, comparison.candidate.compactText, rules)
  }

  @Test func `refuse an alias for what has no identity`() throws {
    #expect(
      try compare(#"{"a": null}"#, nil, [.alias("/a", "x")]).violations.map(\.description) == [
        """
        /a breaks the rule .alias("/a", "x")
          expected  a string, a number or a Boolean
          actual    null
        """
      ])
  }

  // MARK: Timestamps

  @Test func `hold timestamps against a window`() throws {
    let noon = Date(timeIntervalSince1970: 1_750_766_400)
    let rule = GoldenRule.timestamp("/at", within: .seconds(60), of: noon)
    try expectSame(#"{"at": "2025-06-24T12:00:59Z"}"#, #"{"at": "<timestamp>"}"#, [rule])
    // The file may have a date of any time.
    try expectSame(
      #"{"at": "2025-06-24T14:00:00+02:00"}"#, #"{"at": "1999-01-01T00:00:00Z"}"#, [rule])
    #expect(
      try compare(#"{"at": "2025-06-24T12:01:01Z"}"#, nil, [rule]).violations.map(\.description)
        == [
          """
          /at breaks the rule .timestamp("/at", within: …)
            expected  a time from 2025-06-24T11:59:00Z to 2025-06-24T12:01:00Z
            actual    "2025-06-24T12:01:01Z"
          """
        ])
  }

  // MARK: Absence

  @Test func `let optional members come and go`() throws {
    let rules = [GoldenRule.optional("/next"), .uuid("/next")]
    let golden = #"{"a": 1, "next": "<uuid>"}"#
    try expectSame(#"{"a": 1}"#, golden, rules)
    try expectSame(#"{"a": 1, "next": "\#(Self.ids[0])"}"#, golden, rules)
    try expectSame(#"{"a": 1, "next": "\#(Self.ids[0])"}"#, #"{"a": 1}"#, rules)
    // An update keeps what is absent this time.
    #expect(
      try compare(#"{"a": 2}"#, golden, rules).candidate.compactText
        == #"{"a":2,"next":"<uuid>"}"#)
    // What is there must be right.
    #expect(try compare(#"{"a": 1, "next": 7}"#, golden, rules).violations.count == 1)
    #expect(
      try compare(#"{"a": 1, "next": 7}"#, #"{"a": 1, "next": 8}"#, [.optional("/next")])
        .differences.count == 1)
    #expect(
      try compare(#"{"a": 1}"#, #"{"a": 1}"#, [.optional("/next")]).violations.map(\.description)
        == [#"the rule .optional("/next") matched nothing"#])
  }

  // MARK: Arrays

  @Test func `take elements in any order`() throws {
    let rules = [GoldenRule.unordered("/tags")]
    try expectSame(#"{"tags": ["b", "a", "a"]}"#, #"{"tags": ["a", "b", "a"]}"#, rules)
    #expect(
      try compare(#"{"tags": ["c", "a"]}"#, #"{"tags": ["a", "b", "a"]}"#, rules)
        .differences.map(\.description) == [
          """
          /tags/1
            expected  "b"
            actual    nothing
            note      the elements may come in any order, and nothing there belongs to this one
          """,
          """
          /tags/2
            expected  "a"
            actual    nothing
            note      the elements may come in any order, and nothing there belongs to this one
          """,
          """
          /tags/0
            expected  nothing
            actual    "c"
            note      the elements may come in any order, and nothing there belongs to this one
          """,
        ])
    // The file keeps its order, and what is new comes last.
    #expect(
      try compare(#"{"tags": ["c", "b", "a"]}"#, #"{"tags": ["a", "b"]}"#, rules)
        .candidate.compactText == #"{"tags":["a","b","c"]}"#)
  }

  @Test func `compare elements in any order with what they have most in common`() throws {
    let rules = [GoldenRule.unordered("/rows"), .any("/rows/*/at")]
    let golden =
      #"{"rows": [{"id": 1, "n": "a", "at": "<any>"}, {"id": 2, "n": "b", "at": "<any>"}]}"#
    let actual = #"{"rows": [{"id": 2, "n": "c", "at": 5}, {"n": "a", "at": 6, "id": 1}]}"#
    #expect(
      try compare(actual, golden, rules).differences.map(\.description) == [
        """
        /rows/1/n
          expected  "b"
          actual    "c"
        """
      ])
  }

  @Test func `pair close numbers in any order by their size`() throws {
    try expectSame(
      #"{"x": [3.001, 1.001, 2.001]}"#, #"{"x": [1.0, 2.0, 3.0]}"#,
      [.unordered("/x"), .number("/x/*", tolerance: 0.01)])
  }

  @Test func `tell elements apart by a key`() throws {
    let rules = [GoldenRule.keyed("/rows", by: "/id"), .uuid("/rows/*/token")]
    let golden = """
      {"rows": [{"id": 1, "n": "a", "token": "<uuid>"}, {"id": 2, "n": "b", "token": "<uuid>"}]}
      """
    try expectSame(
      """
      {"rows": [{"id": 2.0, "n": "b", "token": "\(Self.ids[0])"},
                {"id": 1, "n": "a", "token": "\(Self.ids[1])"}]}
      """, golden, rules)
    #expect(
      try compare(
        """
        {"rows": [{"id": 3, "n": "b", "token": "\(Self.ids[0])"},
                  {"id": 1, "n": "x", "token": "\(Self.ids[1])"}]}
        """, golden, rules
      ).differences.map(\.description) == [
        """
        /rows/1
          expected  {"id":2,"n":"b","token":"<uuid>"}
          actual    nothing
          note      the elements may come in any order, and nothing there belongs to this one
        """,
        """
        /rows/0
          expected  nothing
          actual    {"id":3,"n":"b","token":"<uuid>"}
          note      the elements may come in any order, and nothing there belongs to this one
        """,
        """
        /rows/0/n
          expected  "a"
          actual    "x"
        """,
      ])
  }

  @Test func `want a key that is there once`() throws {
    let rules = [GoldenRule.keyed("/rows", by: "/id")]
    #expect(
      try compare(#"{"rows": [{"id": 1}, {"id": 1}, {}]}"#, #"{"rows": [{"id": 1}]}"#, rules)
        .violations.map(\.description) == [
          """
          /rows/1 breaks the rule .keyed("/rows", by: "/id")
            expected  a key that no other element has
            actual    1
          """,
          """
          /rows/2 breaks the rule .keyed("/rows", by: "/id")
            expected  an element with a key at /id
            actual    {}
          """,
        ])
    #expect(
      try compare(#"{"rows": []}"#, nil, [.keyed("/rows", by: "id")]).violations.map(\.description)
        == [
          #"the rule .keyed("/rows", by: "id") has no key: "id" is no JSON Pointer: it is not empty and "#
            + #"does not begin with "/" (RFC 6901)"#
        ])
  }

  @Test func `speak inside arrays of other lengths`() throws {
    let rules = [GoldenRule.uuid("/*/id")]
    let golden = #"[{"id": "<uuid>", "n": 1}, {"id": "<uuid>", "n": 3}]"#
    let actual = """
      [{"id": "\(Self.ids[0])", "n": 1}, {"id": "\(Self.ids[1])", "n": 2}, {"id": "\(Self.ids[2])", "n": 3}]
      """
    #expect(
      try compare(actual, golden, rules).differences.map(\.description) == [
        """
        /1
          expected  nothing
          actual    {"id":"<uuid>","n":2}
          note      the array has 3 elements, expected 2
        """
      ])
  }

  @Test(.timeLimit(.minutes(15))) func `shuffle many elements in no time`() throws {
    let rows = (0..<20_000).map { ["id": .number(JSONNumber($0)), "n": "x"] as JSONValue }
    let comparison = JSONGolden().compare(
      .array(rows.reversed()), with: .array(rows), rules: [.unordered("")])
    #expect(comparison.differences.isEmpty)
  }

  // MARK: Paths

  @Test func `have places by JSONPath`() throws {
    let actual = """
      {"a": {"id": "\(Self.ids[0])"}, "rows": [{"id": "\(Self.ids[1])", "k": "x", "n": 1},
       {"id": "\(Self.ids[2])", "k": "y", "n": 2}]}
      """
    let golden = """
      {"a": {"id": "<uuid>"}, "rows": [{"id": "<uuid>", "k": "x", "n": "<any>"},
       {"id": "<uuid>", "k": "y", "n": 2}]}
      """
    try expectSame(actual, golden, [.uuid("$..id"), .any("$.rows[?@.k == 'x'].n")])
    #expect(
      try compare(actual, golden, [.uuid("$..id"), .any("$.rows[?@.k == 'z'].n")]).violations
        .map(\.description) == [#"the rule .any("$.rows[?@.k == 'z'].n") matched nothing"#])
    // Elements that moved are found where they are.
    try expectSame(
      #"{"rows": [{"k": "y"}, {"k": "x", "n": 3}]}"#,
      #"{"rows": [{"k": "x", "n": "<any>"}, {"k": "y"}]}"#,
      [.unordered("$.rows"), .any("$.rows[?@.k == 'x'].n")])
  }

  @Test func `say that a JSONPath is none, or leads too deep`() throws {
    let findings = try compare("{}", nil, [.any("$.a[")]).violations.map(\.description)
    #expect(findings.count == 1)
    #expect(findings.first?.hasPrefix(#"the rule .any("$.a[") has no place: "#) == true)
    let deep = String(repeating: "[", count: 300) + String(repeating: "]", count: 300)
    #expect(
      try compare(deep, nil, [.any("$..*")]).violations.map(\.description).first
        == #"the rule .any("$..*") has no place: it leads deeper than 256 levels"#)
  }

  @Test(.timeLimit(.minutes(15))) func `match regular expressions in no time`() throws {
    let text = String(repeating: "a", count: 20_000)
    #expect(
      try compare(#"{"a": "\#(text)!"}"#, nil, [.regex("/a", "(a+)+")]).violations.count == 1)
    try expectSame(#"{"a": "\#(text)"}"#, #"{"a": "<regex (a+)+>"}"#, [.regex("/a", "(a+)+")])
  }

  // MARK: What the rules do not touch

  @Test func `do not care how deep a value is`() throws {
    let deep = String(repeating: "[", count: 1_000) + String(repeating: "]", count: 1_000)
    try expectSame(
      #"{"a": \#(deep), "b": 1}"#, #"{"a": \#(deep), "b": "<any>"}"#,
      [.any("/b"), .optional("/a"), .unordered("/a")])
  }
}
