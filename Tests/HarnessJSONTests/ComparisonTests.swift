import HarnessJSON
import Testing

@Suite struct `A JSON comparison` {
  struct Example: CustomTestStringConvertible {
    let testDescription: String
    let expected: String
    let actual: String
    let comparison: JSONComparison
    let findings: String

    init(
      _ name: String, _ expected: String, _ actual: String,
      numbers: JSONComparison.NumberPolicy = .value, _ rules: [JSONComparison.Rule] = [],
      _ findings: String = ""
    ) {
      testDescription = name
      self.expected = expected
      self.actual = actual
      comparison = JSONComparison(numbers: numbers, rules: rules)
      self.findings = findings
    }
  }

  static func path(_ text: String) -> JSONPath {
    do { return try JSONPath(parsing: text) } catch { preconditionFailure("\(error)") }
  }

  static let id = JSONPointer(tokens: ["id"])

  static let examples = [
    Example("lexemes alike", "[1.0]", "[1.0]", numbers: .lexeme),
    Example(
      "lexemes that differ", "[1.0,2]", "[1.0,2.0]", numbers: .lexeme, [],
      """
      /1
        expected  2
        actual    2.0
      """),
    Example("doubles alike", "[0.1,-0,1e0]", "[0.10000000000000000001,0,1]", numbers: .double),
    Example(
      "doubles that differ, and what no double holds", "[0.1,1e400]", "[0.11,1e401]",
      numbers: .double, [],
      """
      /0
        expected  0.1
        actual    0.11
      /1
        expected  1e400
        actual    1e401
      """),
    Example(
      "an absolute tolerance", #"{"a":[1.25,1.25]}"#, #"{"a":[1.26,1.27]}"#,
      numbers: .within(absolute: 0.01, relative: 0), [],
      """
      /a/1
        expected  1.25
        actual    1.27
      """),
    Example(
      "a relative tolerance", "[1000,-1000,0]", "[1010,-1011,0.0001]",
      numbers: .within(absolute: 0, relative: 0.01), [],
      """
      /1
        expected  -1000
        actual    -1011
      /2
        expected  0
        actual    0.0001
      """),
    Example(
      "a tolerance where arrays differ in length", "[1,2,3]", "[1.001,9,2,3.001]",
      numbers: .within(absolute: 0.01, relative: 0), [],
      """
      /1
        expected  nothing
        actual    9
        note      the array has 4 elements, expected 3
      """),
    Example(
      "a tolerance for one place", #"{"a":1,"b":{"c":1}}"#, #"{"a":1.5,"b":{"c":1.5}}"#,
      [.numbers(path("$.b"), .within(absolute: 1, relative: 0))],
      """
      /a
        expected  1
        actual    1.5
      """),
    Example(
      "any order", #"{"a":[1,2,{"x":[3,4]}]}"#, #"{"a":[{"x":[3,4]},2.0,1]}"#,
      [.unordered(path("$.a"))]),
    Example(
      "any order, deep inside", #"[{"a":[1,2]},{"a":[3]}]"#, #"[{"a":[3]},{"a":[2,1]}]"#,
      [.unordered(path("$")), .unordered(path("$[*].a"))]),
    Example(
      "any order, with repetitions", #"["x","x","y"]"#, #"["y","x","y"]"#, [.unordered(path("$"))],
      """
      /1
        expected  "x"
        actual    nothing
        note      no element on the other side is the same, in any order
      /2
        expected  nothing
        actual    "y"
        note      no element on the other side is the same, in any order
      """),
    Example(
      "any order, and an element that changed", #"[{"n":"a","v":1,"w":1},{"n":"b","v":2,"w":1}]"#,
      #"[{"n":"b","v":3,"w":1},{"n":"a","v":1,"w":1}]"#, [.unordered(path("$"))],
      """
      /1/v
        expected  2
        actual    3
      """),
    Example(
      "any order within a tolerance", "[1,2,3]", "[3.001,0.999,2]",
      numbers: .within(absolute: 0.01, relative: 0), [.unordered(path("$"))]),
    Example(
      "objects in any order within a tolerance", #"[{"a":1},{"a":2}]"#,
      #"[{"a":2.001},{"a":0.999}]"#,
      numbers: .within(absolute: 0.01, relative: 0), [.unordered(path("$"))]),
    Example(
      "by key", #"{"rows":[{"id":1,"v":1},{"id":2,"v":2},{"id":3,"v":3}]}"#,
      #"{"rows":[{"id":3,"v":3},{"v":9,"id":1},{"id":4,"v":4}]}"#, [.keyed(path("$.rows"), by: id)],
      """
      /rows/0/v
        expected  1
        actual    9
      /rows/1
        expected  {"id":2,"v":2}
        actual    nothing
        note      no element on the other side has its key
      /rows/2
        expected  nothing
        actual    {"id":4,"v":4}
        note      no element on the other side has its key
      """),
    Example(
      "by key, with keys that are missing or repeated",
      #"[{"id":1,"v":1},{"id":1,"v":2},{"v":3},7]"#,
      #"[7,{"v":3},{"id":1,"v":1},{"id":1,"v":2}]"#, [.keyed(path("$"), by: id)]),
    Example(
      "ignored", #"{"a":1,"debug":{"t":1},"b":[1,2]}"#, #"{"b":[9,2],"a":1}"#,
      [.ignored(path("$.debug")), .ignored(path("$.b[0]"))]),
    Example(
      "ignored on one side only", #"{"a":[{"x":1}]}"#, #"{"a":[{"x":1,"trace":"7"}]}"#,
      [.ignored(path("$..trace"))]),
    Example(
      "repeated names in another order", #"{"a":1,"b":0,"a":2}"#, #"{"a":2,"a":1,"b":0}"#, [],
      """
      /a
        expected  1
        actual    2
      /a
        expected  2
        actual    1
      """),
    Example(
      "elements that moved", "[10,11,12,13,14,15]", "[11,12,13,14,15,16]", [],
      """
      /0
        expected  10
        actual    nothing
      /5
        expected  nothing
        actual    16
      """),
    Example(
      "elements that were inserted at two places", "[1,2,3,4,5]", "[0,1,2,9,3,4,5]", [],
      """
      /0
        expected  nothing
        actual    0
        note      the array has 7 elements, expected 5
      /3
        expected  nothing
        actual    9
        note      the array has 7 elements, expected 5
      """),
    Example(
      "a change behind an insertion", #"[{"n":1,"v":1},{"n":2,"v":2},{"n":3,"v":3}]"#,
      #"[{"n":0,"v":0},{"n":1,"v":1},{"n":2,"v":2},{"n":3,"v":4}]"#, [],
      """
      /0
        expected  nothing
        actual    {"n":0,"v":0}
        note      the array has 4 elements, expected 3
      /2/v
        expected  3
        actual    4
      """),
  ]

  @Test(arguments: examples) func `finds what differs by its rules`(_ example: Example) throws {
    let expected = try JSONValue(parsing: example.expected)
    let actual = try JSONValue(parsing: example.actual)
    let difference = try JSONDifference(expected: expected, actual: actual, by: example.comparison)
    #expect(difference.findings.map(\.description).joined(separator: "\n") == example.findings)
    #expect(difference.unmatchedRules.isEmpty)
    let patched = try difference.patch.applied(to: expected)
    let rest = try JSONDifference(expected: patched, actual: actual, by: example.comparison)
    #expect(rest.isEmpty, "\(difference.patch.value) leaves \(rest.findings.map(\.description))")
  }

  @Test func `names the rules that selected nothing`() throws {
    let rules = [
      JSONComparison.Rule.ignored(Self.path("$.debug")), .unordered(Self.path("$.tags")),
    ]
    let difference = try JSONDifference(
      expected: ["tags": []], actual: ["tags": []], by: JSONComparison(rules: rules))
    #expect(difference.unmatchedRules.map(\.path.text) == ["$.debug"])
  }

  @Test func `tells where an element stands on both sides`() throws {
    let difference = JSONDifference(
      expected: [["a": 1], ["b": 1], ["c": 1]], actual: [0, ["a": 1], ["b": 1], ["c": 2]])
    let change = try #require(difference.findings.last)
    #expect(change.kind == .changed)
    #expect(change.expectedPointer?.description == "/2/c")
    #expect(change.actualPointer?.description == "/3/c")
    #expect(difference.findings.map(\.kind) == [.unexpected, .changed])
  }

  @Test func `has a tree of what differs`() throws {
    let difference = JSONDifference(
      expected: ["a": ["b": 1, "c": 2, "d": 3], "e": [1, 2]],
      actual: ["a": ["b": 9, "c": 2, "d": 9], "e": [1, 2, 3]])
    let tree = try #require(difference.tree)
    #expect(tree.count == 3)
    #expect(tree.children.map(\.token) == ["a", "e"])
    #expect(tree.children[0].children.map(\.pointer.description) == ["/a/b", "/a/d"])
    #expect(tree.children[0].count == 2 && tree.children[0].findings.isEmpty)
    #expect(tree.children[1].children[0].findings.map(\.kind) == [.unexpected])
    #expect(JSONDifference(expected: [1], actual: [1.0]).tree == nil)
  }

  @Test func `is equality, and its patch repairs, for whatever documents`() throws {
    var random = RandomDocument(seed: 17)
    var unequal = 0
    for _ in 0..<3_000 {
      let expected = random.value()
      let actual = random.changed(expected)
      // From text as well as from values made by hand.
      let read = try JSONValue(parsing: actual.compactText)
      #expect(read == actual)
      let difference = JSONDifference(expected: expected, actual: read)
      #expect(difference.isEmpty == (expected == actual), "\(expected) and \(actual)")
      if !difference.isEmpty { unequal += 1 }
      let patched = try difference.patch.applied(to: expected)
      #expect(patched == actual, "\(expected) patched by \(difference.patch.value)")
      #expect(difference.tree?.count ?? 0 == difference.findings.count)
      let rules = JSONComparison(
        numbers: .double, rules: [.unordered(Self.path("$..*")), .ignored(Self.path("$..a"))])
      let loose = try JSONDifference(expected: expected, actual: actual, by: rules)
      #expect(!difference.isEmpty || loose.isEmpty)
      let repaired = try loose.patch.applied(to: expected)
      let rest = try JSONDifference(expected: repaired, actual: actual, by: rules)
      #expect(rest.isEmpty, "\(expected) and \(actual) by \(loose.patch.value)")
    }
    #expect(unequal > 500)
  }
}
