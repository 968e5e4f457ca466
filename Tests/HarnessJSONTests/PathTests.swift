import HarnessJSON
import Testing

/// What the compliance tests leave out: messages, limits and values that were made by hand.
@Suite struct `A JSONPath` {
  @Test(arguments: [
    ("", #"at 0, expected "$""#), ("$.", #"at 2, expected a name, "*" or "[""#),
    ("$[", "at 2, expected a selector: a name in quotes, *, an index, a slice or a filter"),
    ("$ ", "at 1, expected a segment or the end of the query"),
    ("$[01]", #"at 2, "01" is no integer without leading zeros below 2^53"#),
    ("$[?@.*==1]", "at 3, a query that is compared must be singular"),
    ("$['a", "at 4, expected the closing quotation mark"),
    ("$[?length(@)]", "at 3, the result of this function must be compared"),
    ("$[?true]", "at 3, a literal must be compared"),
    ("$[?match(@.a)]", #"at 12, expected ",""#),
    ("$[?size(@)==1]", #"at 3, there is no function "size""#),
    ("$[?match(@,'a')==true]", "at 3, the result of this function cannot be compared"),
    ("$['\\ud800']", "at 9, half a surrogate pair"),
    ("$[?count(1)==1]", "at 9, expected a query"), ("$[?@.a==01]", #"at 8, "01" is no number"#),
  ])
  func `is refused when it breaks the grammar`(_ text: String, _ reason: String) {
    let error = #expect(throws: JSONPathError.self) { try JSONPath(parsing: text) }
    #expect(
      error?.description
        == "\(JSONValue.string(text).compactText) is no JSONPath: \(reason) (RFC 9535)")
  }

  @Test func `is refused when brackets are nested too deep`() {
    let deep =
      "$[?" + String(repeating: "(", count: 200) + "@" + String(repeating: ")", count: 200) + "]"
    #expect(throws: JSONPathError.self) { try JSONPath(parsing: deep) }
    let filters = String(repeating: "$[?", count: 200) + "@" + String(repeating: "]", count: 200)
    #expect(throws: JSONPathError.self) { try JSONPath(parsing: filters) }
  }

  @Test func `is given up when it selects too much`() throws {
    let wide = JSONValue.array((0..<100).map { _ in .array((0..<10).map { _ in [1] }) })
    let path = try JSONPath(parsing: "$[*,*,*][*,*,*][*]")
    let error = #expect(throws: JSONPathError.self) {
      try wide.nodes(at: path, limits: JSONPathLimits(maximumNodes: 5_000))
    }
    #expect(
      error?.description
        == #""$[*,*,*][*,*,*][*]" was given up: it selects more than 5000 values"#)
    let slow = try JSONPath(parsing: "$..[?$..*]")
    let other = #expect(throws: JSONPathError.self) {
      try wide.nodes(at: slow, limits: JSONPathLimits(maximumSteps: 10_000))
    }
    #expect(other?.description == #""$..[?$..*]" was given up: it takes too many steps"#)
  }

  @Test func `is asked of values that were made by hand`() throws {
    let value: JSONValue = ["rows": [["code": "A", "n": 1.50], ["code": "B", "n": 0.5]]]
    #expect(try value.values(at: "$.rows[?@.n > 1].code") == ["A"])
    #expect(try value.values(at: "$.rows[?@.n == 15e-1].code") == ["A"])
    #expect(try JSONValue.string("x").values(at: "$") == ["x"])
    #expect(
      try value.nodes(at: JSONPath(parsing: "$.rows[1]")).map(\.pointer.description) == ["/rows/1"])
  }

  @Test func `begins at the value that is asked, inside a document too`() throws {
    let document = try JSONValue(parsing: #"{"a":{"b":[{"c":1},{"c":2}]}}"#)
    let inner = try #require(document["a"])
    let nodes = try inner.nodes(at: JSONPath(parsing: "$.b[?@.c == $.b[1].c]"))
    #expect(nodes.map(\.pointer.description) == ["/b/1"])
    #expect(nodes.map(\.normalizedPath) == ["$['b'][1]"])
  }

  @Test func `selects the last value of a repeated name, and all by a wildcard`() throws {
    let value = try JSONValue(parsing: #"{"a":1,"a":2}"#)
    #expect(try value.values(at: "$.a") == [2])
    #expect(try value.values(at: "$.*") == [1, 2])
  }

  @Test(arguments: [
    ("1", "2", true), ("2", "1.5", false), ("-1", "1", true), ("-1", "-0.5", true),
    ("0.09", "0.1", true),
    ("1e400", "1e401", true), ("-1e401", "1e400", true), ("0", "1e-99999999999999999999", true),
    ("1e-99999999999999999999", "1e-9", true), ("1e9", "1e99999999999999999999", true),
    ("-1e99999999999999999999", "0", true), ("-1e-99999999999999999999", "0", true),
    ("0", "-0", false),
    ("123", "1230", true), ("10", "10.0", false),
  ])
  func `orders numbers by their exact value`(_ one: String, _ other: String, _ isLess: Bool) throws
  {
    let (one, other) = (try #require(JSONNumber(one)), try #require(JSONNumber(other)))
    #expect((one < other) == isLess)
    if isLess { #expect(!(other < one)) }
  }
}
