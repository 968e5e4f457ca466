import HarnessReporting

extension HTTPDriver {
  /// Skips the test, by name, where the transport lacks something that it needs.
  ///
  /// A test that runs over several transports begins with it:
  ///
  /// ```swift
  /// let http = try HTTPDriver(transport).skipUnless(.rawBytes)
  /// ```
  ///
  /// - Throws: What ends the test as skipped, in Swift Testing (only this case of a parameterised test) and in
  ///   XCTest.
  @discardableResult
  public func skipUnless(
    _ needed: HTTPTransport.Capabilities, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) throws -> HTTPDriver {
    guard let reason = lack(of: needed) else { return self }
    throw SkippedTest.error(
      reason, at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// Fails the test, by name, where the transport lacks something that it needs.
  ///
  /// - Throws: After the test has failed at this line.
  @discardableResult
  public func require(
    _ needed: HTTPTransport.Capabilities, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) throws -> HTTPDriver {
    guard let reason = lack(of: needed) else { return self }
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    throw reporter.error(recording: Failure(reason, at: site))
  }

  /// What is missing, in words; nil when nothing is.
  func lack(of needed: HTTPTransport.Capabilities) -> String? {
    let missing = needed.subtracting(capabilities)
    guard !missing.isEmpty else { return nil }
    return """
      the transport \(transport.name) lacks what this test needs: \(missing)
        it has    \(capabilities.isEmpty ? "nothing beyond plain exchanges" : "\(capabilities)")
      """
  }
}
