import HarnessJSON
import Testing

@Suite struct `A JSON difference` {
  struct Example: CustomTestStringConvertible {
    let testDescription: String
    let expected: String
    let actual: String
    let findings: String

    init(_ name: String, _ expected: String, _ actual: String, _ findings: String) {
      testDescription = name
      self.expected = expected
      self.actual = actual
      self.findings = findings
    }
  }

  static let examples = [
    Example("nothing", #"{"a":1.0,"b":[]}"#, #"{"b":[],"a":1}"#, ""),
    Example(
      "a root of another kind", "1", #""1""#,
      """
      the whole document
        expected  1
        actual    "1"
        note      expected a number, found a string
      """),
    Example(
      "values deep inside", #"{"rows":[{"code":"A"},{"code":"B","n":0.1}]}"#,
      #"{"rows":[{"code":"A"},{"n":0.10000000000000000001,"code":"C"}]}"#,
      """
      /rows/1/code
        expected  "B"
        actual    "C"
      /rows/1/n
        expected  0.1
        actual    0.10000000000000000001
      """),
    Example(
      "members on one side", #"{"a/b":1,"c":2}"#, #"{"c":2,"d":null}"#,
      """
      /a~1b
        expected  1
        actual    nothing
      /d
        expected  nothing
        actual    null
      """),
    Example(
      "a repeated name", #"{"a":1}"#, #"{"a":1,"a":2}"#,
      """
      /a
        expected  nothing
        actual    2
        note      the name is written 1 and 2 times
      """),
    Example(
      "an inserted element", "[1,2,3,4]", "[1,9,2,3,4]",
      """
      /1
        expected  nothing
        actual    9
        note      the array has 5 elements, expected 4
      """),
    Example(
      "a removed and a changed element", "[1,2,3,4]", "[1,5,4]",
      """
      /1
        expected  2
        actual    5
      /2
        expected  3
        actual    nothing
        note      the array has 3 elements, expected 4
      """),
    Example(
      "elements in another order", "[1,2]", "[2,1]",
      """
      /0
        expected  1
        actual    2
      /1
        expected  2
        actual    1
      """),
    Example(
      "normalisation", "\"caf\u{E9}!\"", "\"cafe\u{301}!\"",
      """
      the whole document
        expected  "caf\u{E9}!"
        actual    "cafe\u{301}!"
        note      only the Unicode normalisation differs: U+00E9 and U+0065 U+0301
      """),
    Example(
      "a repeated name that is missing", #"{"a":1,"a":2,"b":0}"#, #"{"b":0}"#,
      """
      /a
        expected  1
        actual    nothing
      /a
        expected  2
        actual    nothing
      """),
    Example(
      "invisible characters", "\"a b\"", "\"a\u{A0}b\u{200B}\"",
      #"""
      the whole document
        expected  "a b"
        actual    "a\u{00A0}b\u{200B}"
      """#),
  ]

  @Test(arguments: examples) func `names what differs and where`(_ example: Example) throws {
    let difference = JSONDifference(
      expected: try JSONValue(parsing: example.expected),
      actual: try JSONValue(parsing: example.actual))
    #expect(difference.findings.map(\.description).joined(separator: "\n") == example.findings)
    #expect(difference.isEmpty == example.findings.isEmpty)
  }

  @Test func `cuts long names`() {
    let name = String(repeating: "n", count: 1_000)
    let difference = JSONDifference(
      expected: .object(JSONObject([.init(name: name, value: 1)])), actual: [:])
    #expect(
      difference.findings.map(\.description) == [
        """
        /\(name.prefix(239))… (+761 bytes)
          expected  1
          actual    nothing
        """
      ])
  }

  @Test func `cuts long values and counts what was left out`() {
    let long = String(repeating: "é", count: 300)
    let difference = JSONDifference(expected: .string(long), actual: .null)
    let kept = String(repeating: "é", count: 239)
    #expect(
      difference.findings.map(\.description) == [
        """
        the whole document
          expected  "\(kept)… (+123 bytes)
          actual    null
          note      expected a string, found null
        """
      ])
  }
}
