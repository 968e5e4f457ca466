public import HTTPTypes
import HarnessReporting

extension HTTPExchange {
  /// Expects the response to have this status; the reason phrase does not count.
  ///
  /// - Throws: After the test has failed at this line, for any other status.
  @discardableResult
  public func expect(
    status expected: HTTPResponse.Status, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) throws -> HTTPExchange {
    guard status.code == expected.code else {
      throw failure(
        "status \(status.code), expected \(expected.code)",
        at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column))
    }
    return self
  }

  /// Expects the response to have a header field, and gives its value.
  ///
  /// A field that comes several times has its values joined by commas.
  ///
  /// - Throws: After the test has failed at this line, when there is no such field.
  @discardableResult
  public func expectHeader(
    _ name: String, fileID: StaticString = #fileID, filePath: StaticString = #filePath,
    line: UInt = #line, column: UInt = #column
  ) throws -> String {
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    guard let field = HTTPField.Name(name) else {
      throw failure("\"\(name)\" is no name of a header field", at: site)
    }
    guard let value = response.headerFields[field] else {
      throw failure("no header field \(name)", at: site)
    }
    return value
  }

  /// Expects a header field to have exactly this value, compared by its UTF-8 bytes.
  ///
  /// - Throws: After the test has failed at this line, when the field is absent or differs.
  @discardableResult
  public func expectHeader(
    _ name: String, _ expected: String, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) throws -> HTTPExchange {
    let value = try expectHeader(
      name, fileID: fileID, filePath: filePath, line: line, column: column)
    guard value.utf8.elementsEqual(expected.utf8) else {
      let shown = HTTPField.Name(name).map { name in
        SecretMask.value(of: HTTPField(name: name, value: value))
      }
      throw failure(
        "header field \(name) differs",
        details: [
          ("expected", "\"\(Excerpt.line(expected, limit: 200))\""),
          ("actual", "\"\(Excerpt.line(shown ?? value, limit: 200))\""),
        ], at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column))
    }
    return self
  }

  /// Expects the body to have this media type; case does not count, and neither do parameters such as
  /// `charset`.
  ///
  /// Source: RFC 9110, section 8.3.1.
  ///
  /// - Throws: After the test has failed at this line, when the type is absent or differs.
  @discardableResult
  public func expectMediaType(
    _ expected: String, fileID: StaticString = #fileID, filePath: StaticString = #filePath,
    line: UInt = #line, column: UInt = #column
  ) throws -> HTTPExchange {
    let value = response.headerFields[.contentType]
    guard let value, MediaType(value).essence == MediaType(expected).essence else {
      let actual = value.map { "media type \(Excerpt.line($0, limit: 200))" } ?? "no media type"
      throw failure(
        "\(actual), expected \(expected)",
        at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column))
    }
    return self
  }
}
