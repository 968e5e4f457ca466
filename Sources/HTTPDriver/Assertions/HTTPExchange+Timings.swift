import HarnessReporting

extension HTTPExchange {
  /// Expects the exchange to have taken no longer than this, from its start to the end of the body.
  ///
  /// For a bound that a service promises; a busy machine measures itself as well, so leave room.
  ///
  /// - Throws: After the test has failed at this line, with the phases.
  @discardableResult
  public func expect(
    totalWithin bound: Duration, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) throws -> HTTPExchange {
    guard timings.total > bound else { return self }
    throw failure(
      "it took longer than \(bound)", details: [("phases", "\(timings)")],
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column))
  }
}
