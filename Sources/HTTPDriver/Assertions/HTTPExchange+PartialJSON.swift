public import HarnessJSON
import HarnessReporting

extension HTTPExchange {
  /// Expects the body to have these members, whatever else it has.
  ///
  /// Objects may have more members, at every depth; arrays have the same number of elements. Values are compared by
  /// meaning.
  ///
  /// ```swift
  /// try exchange.expectJSON(containing: ["title": "Daily report", "author": ["name": "Zaid"]])
  /// ```
  ///
  /// - Throws: After the test has failed at this line, when the body is not JSON or lacks something.
  @discardableResult
  public func expectJSON(
    containing expected: JSONValue, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) throws -> HTTPExchange {
    let actual = try json(fileID: fileID, filePath: filePath, line: line, column: column)
    let findings = PartialJSON(expected: expected, actual: actual).findings
    guard !findings.isEmpty else { return self }
    let shown = 5
    var details: [(String, String)] = []
    for finding in findings.prefix(shown) {
      details.append(("at", finding.pointer.isEmpty ? "the root" : finding.pointer))
      details.append(("expected", Excerpt.line(finding.expected.compactText, limit: 400)))
      let actual = finding.actual.map { Excerpt.line($0.compactText, limit: 400) }
      details.append(("actual", actual ?? "nothing"))
    }
    if findings.count > shown { details.append(("", "and \(findings.count - shown) more")) }
    throw failure(
      "the JSON lacks what was expected", details: details,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// Expects a JSONPath query to select exactly these values, in its order.
  ///
  /// ```swift
  /// try exchange.expectJSON(path: "$.rows[?@.price > 10].code", equals: ["BMFI", "HBAG"])
  /// ```
  ///
  /// Source: RFC 9535.
  ///
  /// - Throws: After the test has failed at this line, when the body is not JSON, when the query is none, and when
  ///   the values differ.
  @discardableResult
  public func expectJSON(
    path: String, equals expected: [JSONValue], fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) throws -> HTTPExchange {
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    let document = try json(fileID: fileID, filePath: filePath, line: line, column: column)
    let actual: [JSONValue]
    do {
      actual = try document.values(at: path)
    } catch {
      throw failure("\(error)", at: site)
    }
    guard actual != expected else { return self }
    throw failure(
      "JSON at \(path) differs",
      details: [
        ("expected", Excerpt.line(JSONValue.array(JSONArray(expected)).compactText, limit: 400)),
        ("actual", Excerpt.line(JSONValue.array(JSONArray(actual)).compactText, limit: 400)),
      ], at: site)
  }
}
