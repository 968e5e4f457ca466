import HarnessReporting

extension HTTPExchange {
  /// The body as its media type says that it is to be read: JSON, lines of JSON, a form, events, text or bytes.
  ///
  /// - Throws: After the test has failed at this line, when the body is not what its type says.
  public func content(
    fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
    column: UInt = #column
  ) throws -> HTTPContent {
    let type = response.headerFields[.contentType]
    do {
      return try HTTPContent(body, mediaType: type)
    } catch {
      throw failure(
        "the body is not what its media type says", details: [("reason", "\(error)")],
        at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column))
    }
  }
}
