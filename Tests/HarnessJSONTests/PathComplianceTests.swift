import HarnessJSON
import Testing

/// The compliance test suite of RFC 9535, whole: `testdata/jsonpath-cts`.
@Suite struct `The compliance tests of JSONPath` {
  struct Case: CustomTestStringConvertible {
    let test: JSONValue
    var testDescription: String { test["name"]?.stringValue ?? "" }
  }

  static let cases: [Case] = {
    let suite = try? JSONValue(parsing: testData("jsonpath-cts/cts.json"))
    return (suite?["tests"]?.arrayValue ?? []).map(Case.init)
  }()

  @Test func `are all there`() {
    #expect(Self.cases.count == 703)
  }

  @Test(arguments: cases) func `pass`(_ example: Case) throws {
    let selector = try #require(example.test["selector"]?.stringValue)
    if example.test["invalid_selector"]?.boolValue == true {
      let error = #expect(throws: JSONPathError.self) { try JSONPath(parsing: selector) }
      #expect(error?.offset != nil)
      return
    }
    let document = try #require(example.test["document"])
    let nodes = try document.nodes(at: JSONPath(parsing: selector))
    let result = JSONValue.array(nodes.map(\.value))
    let paths = JSONValue.array(nodes.map { .string($0.normalizedPath) })
    // Where the order is open, the suite lists every one.
    let results = try Self.alternatives(of: example, "results", "result")
    let allPaths = try Self.alternatives(of: example, "results_paths", "result_paths")
    let position = allPaths.firstIndex(of: paths)
    #expect(position != nil, "\(paths), expected one of \(allPaths)")
    if let position { #expect(result == results[position]) }
    for node in nodes {
      #expect(try document.value(at: node.pointer) == node.value)
      #expect(try document.values(at: node.normalizedPath) == [node.value])
    }
  }

  private static func alternatives(
    of example: Case, _ all: String, _ one: String
  ) throws -> JSONArray {
    if let several = example.test[all]?.arrayValue { return several }
    return [try #require(example.test[one])]
  }
}
