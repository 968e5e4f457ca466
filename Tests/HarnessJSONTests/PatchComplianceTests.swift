import HarnessJSON
import Testing

/// The public tests of JSON Patch, whole: `testdata/json-patch-tests`.
@Suite struct `The compliance tests of JSON Patch` {
  struct Case: CustomTestStringConvertible {
    let file: String
    let index: Int
    let test: JSONValue
    var testDescription: String {
      "\(file) \(index) \(test["comment"]?.stringValue ?? test["error"]?.stringValue ?? "")"
    }
  }

  /// Records without a patch are comments.
  static let cases = ["tests.json", "spec_tests.json"].flatMap { file in
    let suite = try? JSONValue(parsing: testData("json-patch-tests/\(file)"))
    return (suite?.arrayValue ?? []).enumerated().compactMap { index, test in
      test["patch"].map { _ in Case(file: file, index: index, test: test) }
    }
  }

  @Test func `are all there`() {
    #expect(Self.cases.count == 112)
  }

  @Test(arguments: cases) func `pass`(_ example: Case) throws {
    let patch = try #require(example.test["patch"])
    let document = try #require(example.test["doc"])
    func apply() throws(JSONPatchError) -> JSONValue { try JSONPatch(patch).applied(to: document) }
    if example.test["error"] != nil {
      #expect(throws: JSONPatchError.self) { try apply() }
    } else {
      let result = try apply()
      if let expected = example.test["expected"] { #expect(result == expected) }
      #expect(try JSONPatch(JSONPatch(patch).value).applied(to: document) == result)
    }
  }
}
