public import HarnessJSON
import HarnessReporting

extension HTTPExchange {
  /// The body as a JSON value, which keeps member order, duplicates and the text of numbers.
  ///
  /// The media type is not looked at; see
  /// ``expectMediaType(_:fileID:filePath:line:column:)``.
  ///
  /// - Throws: After the test has failed at this line, when the body is not JSON.
  public func json(
    fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
    column: UInt = #column
  ) throws -> JSONValue {
    do {
      return try JSONValue(parsing: body)
    } catch {
      throw failure(
        "the body is not JSON", details: [("reason", "\(error)")],
        at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column))
    }
  }

  /// The body as a Swift type: decimals by their digits, dates as RFC 3339 writes them.
  ///
  /// - Throws: After the test has failed at this line, when the body is not JSON or does not fit the type.
  public func json<T: Decodable>(
    _ type: T.Type, fileID: StaticString = #fileID, filePath: StaticString = #filePath,
    line: UInt = #line, column: UInt = #column
  ) throws -> T {
    let value = try json(fileID: fileID, filePath: filePath, line: line, column: column)
    do {
      return try value.decode(type)
    } catch {
      throw failure(
        "the body is no \(type)", details: [("reason", decodingReason(error))],
        at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column))
    }
  }

  /// Expects the JSON value at a pointer to equal another, by meaning: `1.0` equals `1`, and the order of
  /// members does not count.
  ///
  /// The pointer is a JSON Pointer (RFC 6901) such as `/items/0/id`; empty for the whole body. The expected
  /// value may be written as a literal.
  ///
  /// - Throws: After the test has failed at this line, when the body is not JSON, when there is no such
  ///   value, and when it differs.
  @discardableResult
  public func expectJSON(
    _ pointer: String, equals expected: JSONValue, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) throws -> HTTPExchange {
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    let document = try json(fileID: fileID, filePath: filePath, line: line, column: column)
    let actual: JSONValue
    do {
      actual = try document.value(at: pointer)
    } catch {
      throw failure("\(error)", at: site)
    }
    guard actual == expected else {
      throw failure(
        "JSON at \(pointer.isEmpty ? "the root" : pointer) differs",
        details: details(of: JSONDifference(expected: expected, actual: actual), below: pointer),
        at: site)
    }
    return self
  }

  /// The places that differ, by pointers from the root of the body; of many, the first.
  private func details(
    of difference: JSONDifference, below pointer: String
  ) -> [(label: String, value: String)] {
    let shown = 5
    var details: [(label: String, value: String)] = []
    for finding in difference.findings.prefix(shown) {
      let place = finding.pointer.description
      if !place.isEmpty { details.append(("at", Excerpt.line(pointer + place, limit: 400))) }
      details.append(("expected", text(of: finding.expected)))
      details.append(("actual", text(of: finding.actual)))
      if let note = finding.note { details.append(("note", note)) }
    }
    let left = difference.findings.count - shown
    if left > 0 { details.append(("", "and \(left) more")) }
    return details
  }

  private func text(of value: JSONValue?) -> String {
    value.map { Excerpt.line($0.compactText, limit: 400) } ?? "nothing"
  }
}

/// Says where and why decoding failed, in one line.
package func decodingReason(_ error: any Error) -> String {
  let context: DecodingError.Context
  switch error {
  case DecodingError.keyNotFound(_, let found), DecodingError.typeMismatch(_, let found),
    DecodingError.valueNotFound(_, let found), DecodingError.dataCorrupted(let found):
    context = found
  default: return "\(error)"
  }
  let tokens = context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }
  let place = tokens.isEmpty ? "the root" : JSONPointer(tokens: tokens).description
  return "at \(place): \(context.debugDescription)"
}
