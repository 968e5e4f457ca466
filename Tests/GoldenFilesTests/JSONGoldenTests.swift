import Testing

@testable import GoldenFiles

@Suite struct `A JSON golden` {
  static let id = "0b7c1f0e-52d6-4f6a-9b0c-7d1f6f2a9e11"

  private func compare(
    _ actual: JSONValue, _ golden: JSONValue?, _ rules: [GoldenRule] = []
  ) -> GoldenComparison<JSONValue> {
    JSONGolden().compare(actual, with: golden, rules: rules)
  }

  @Test func `is compared by meaning`() throws {
    let golden = try JSONValue(parsing: #"{"a": 1.0, "b": [1, 2]}"#)
    #expect(compare(["b": [1, 2], "a": 1], golden).differences.isEmpty)
    #expect(
      compare(["b": [1, 3], "a": 1], golden).differences.map(\.description) == [
        """
        /b/1
          expected  2
          actual    3
        """
      ])
  }

  @Test func `is stored with placeholders`() {
    let comparison = compare(
      [
        "id": .string(Self.id), "at": "2025-06-24T10:30:00Z", "etag": "W/1", "total": 1.25,
        "rows": [["id": .string(Self.id)], ["id": .string(Self.id)]], "debug": [1], "trace": .null,
      ], nil,
      [
        .uuid("/id"), .uuid("/rows/*/id"), .timestamp("/at"), .regex("/etag", "W/[0-9]+"),
        .number("/total", tolerance: 0.01), .ignored("/debug"), .any("/trace"),
      ])
    #expect(comparison.violations.map(\.description) == [])
    #expect(
      comparison.candidate.compactText
        == #"{"id":"<uuid>","at":"<timestamp>","etag":"<regex W/[0-9]+>","total":1.25,"#
        + #""rows":[{"id":"<uuid>"},{"id":"<uuid>"}],"debug":"<ignored>","trace":"<any>"}"#)
  }

  @Test func `lets what the rules cover vary`() {
    let golden: JSONValue = [
      "id": "<uuid>", "at": "1999-12-31T23:59:60+01:00", "total": 1.25, "debug": "<ignored>",
      "trace": "<any>",
    ]
    let comparison = compare(
      ["id": .string(Self.id), "at": "2025-06-24T10:30:00Z", "total": 1.259, "trace": [:]], golden,
      [
        .uuid("/id"), .timestamp("/at"), .number("/total", tolerance: 0.01), .ignored("/debug"),
        .any("/trace"),
      ])
    #expect(comparison.differences.map(\.description) == [])
    #expect(comparison.violations.map(\.description) == [])
    // Close enough is no reason to change the file.
    #expect(comparison.candidate["total"] == 1.25)
  }

  struct Violation: CustomTestStringConvertible {
    let value: JSONValue
    let rule: GoldenRule
    let finding: String
    var testDescription: String { "\(value) \(rule)" }

    init(_ value: JSONValue, _ rule: GoldenRule, _ finding: String) {
      self.value = value
      self.rule = rule
      self.finding = finding
    }
  }

  static let violations = [
    Violation(
      ["id": "7"], .uuid("/id"),
      """
      /id breaks the rule .uuid("/id")
        expected  a UUID
        actual    "7"
      """),
    Violation(
      ["at": "2025-02-29T00:00:00Z"], .timestamp("/at"),
      """
      /at breaks the rule .timestamp("/at")
        expected  an RFC 3339 date and time with an offset
        actual    "2025-02-29T00:00:00Z"
      """),
    Violation(
      ["etag": "1"], .regex("/etag", "W/[0-9]+"),
      """
      /etag breaks the rule .regex("/etag", "W/[0-9]+")
        expected  a string that matches "W/[0-9]+"
        actual    "1"
      """),
    Violation(
      ["total": "1"], .number("/total", tolerance: 0.1),
      """
      /total breaks the rule .number("/total", tolerance: 0.1)
        expected  a number
        actual    "1"
      """),
    Violation(["rows": []], .uuid("/rows/*/id"), #"the rule .uuid("/rows/*/id") matched nothing"#),
    Violation(["a": 1], .any("/b"), #"the rule .any("/b") matched nothing"#),
    Violation(["a": 1], .ignored("/b"), #"the rule .ignored("/b") matched nothing"#),
    Violation(
      ["a": 1], .any("a"),
      #"the rule .any("a") has no place: "a" is no JSON Pointer: it is not empty and does not "#
        + #"begin with "/" (RFC 6901)"#),
  ]

  @Test(arguments: violations) func `tells which rule is broken`(_ example: Violation) {
    let comparison = compare(example.value, nil, [example.rule])
    #expect(comparison.violations.map(\.description) == [example.finding])
  }

  @Test func `tells that a rule is no regular expression`() throws {
    let finding = try #require(compare(["a": "x"], nil, [.regex("/a", "(")]).violations.first)
    #expect(
      finding.description.hasPrefix(#"the rule .regex("/a", "(") has no regular expression: "#))
  }

  @Test func `checks the golden file by the rules too`() {
    let differences = compare(["id": .string(Self.id)], ["id": "seven"], [.uuid("/id")]).differences
    #expect(
      differences.map(\.description) == [
        """
        /id breaks the rule .uuid("/id") in the golden file
          expected  "<uuid>" or a UUID
          golden    "seven"
        """,
        """
        /id
          expected  "seven"
          actual    "<uuid>"
        """,
      ])
  }

  @Test func `says by how much a number may differ`() {
    let differences = compare(
      ["a": 1.2501], ["a": 1.25], [.number("/a", tolerance: 0.0001)]
    ).differences
    #expect(differences.isEmpty)
    #expect(
      compare(["a": 1.26], ["a": 1.25], [.number("/a", tolerance: 0.001)])
        .differences.map(\.description) == [
          """
          /a
            expected  1.25
            actual    1.26
            note      the tolerance is 0.001
          """
        ])
  }

  // Each of the numbers used to copy the whole array.
  @Test(.timeLimit(.minutes(15))) func `keeps many close numbers as they are stored`() {
    func prices(_ lastDigit: Int) -> JSONValue {
      ["prices": .array((0..<40_000).map { .number(JSONNumber("\($0).1\(lastDigit)") ?? 0) })]
    }
    let comparison = compare(prices(2), prices(1), [.number("/prices/*", tolerance: 0.1)])
    #expect(comparison.differences.isEmpty)
    #expect(comparison.candidate == prices(1))
  }

  @Test func `lets the first of two rules speak`() {
    let rules = [GoldenRule.any("/rows/*/id"), .uuid("/rows/0/id"), .any("/rows/1")]
    let comparison = compare(["rows": [["id": 1], ["id": 2]]], nil, rules)
    #expect(comparison.candidate == ["rows": [["id": "<any>"], "<any>"]])
    #expect(
      comparison.violations.map(\.description) == [
        #"the rule .uuid("/rows/0/id") matched nothing"#
      ])
  }

  @Test func `misses the rule for a placeholder`() {
    #expect(
      compare(["id": .string(Self.id)], ["id": "<uuid>"]).differences.map(\.description) == [
        """
        /id
          expected  "<uuid>"
          actual    "\(Self.id)"
          note      the golden file has a placeholder here, and no rule covers the place
        """
      ])
  }

  @Test(arguments: [
    ("2025-06-24T10:30:00Z", true), ("2024-02-29t23:59:60.123456789z", true),
    ("2025-06-24T10:30:00+03:00", true), ("2025-06-24 10:30:00Z", false),
    ("2025-06-24T10:30:00", false), ("2025-13-01T00:00:00Z", false),
    ("1900-02-29T00:00:00Z", false), ("2025-06-31T00:00:00Z", false),
    ("2025-06-24T24:00:00Z", false), ("2025-06-24T10:30:00+24:00", false),
    ("٢٠٢٥-06-24T10:30:00Z", false),
  ])
  func `knows timestamps`(_ text: String, _ isOne: Bool) {
    #expect(isTimestamp(text) == isOne)
  }

  @Test(arguments: [
    (id, true), (id.uppercased(), true), ("0b7c1f0e52d64f6a9b0c7d1f6f2a9e11", false),
    ("0b7c1f0e-52d6-4f6a-9b0c-7d1f6f2a9e1", false), ("0b7c1f0e-52d6-4f6a-9b0c-7d1f6f2a9e1g", false),
  ])
  func `knows UUIDs`(_ text: String, _ isOne: Bool) {
    #expect(isUUID(text) == isOne)
  }
}
