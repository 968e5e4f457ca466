import HarnessReporting
public import TestHarness

/// The steps of the journey, for tests that are about something else.
///
/// Each fails the test at the line that calls it.
extension HTTPDriver {
  /// Uploads a workbook, and gives the operation that imports it.
  public func upload(
    _ workbook: FilePart.Content, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws -> String {
    let form = HTTPBody.multipart { FilePart("file", workbook) }
    return try await post(
      "/api/v1/upload", form, fileID: fileID, filePath: filePath, line: line, column: column
    )
    .expect(status: .accepted, fileID: fileID, filePath: filePath, line: line, column: column)
    .expectHeader(
      "X-Operation-ID", fileID: fileID, filePath: filePath, line: line, column: column)
  }

  /// Follows an operation from its first message to its last, and checks that nothing is lost, repeated or out of its
  /// order.
  public func follow(
    _ operation: String, fileID: StaticString = #fileID, filePath: StaticString = #filePath,
    line: UInt = #line, column: UInt = #column
  ) async throws -> [Progress] {
    try await WSDriver(self).connect(
      "/ws/operations/\(operation)", fileID: fileID, filePath: filePath, line: line,
      column: column
    ) { socket in
      try await socket.follow(
        Progress.flow, within: .seconds(5), fileID: fileID, filePath: filePath, line: line,
        column: column
      ).events
    }
  }

  /// Fetches the report that an operation ended with.
  public func report(
    of progress: [Progress], fileID: StaticString = #fileID, filePath: StaticString = #filePath,
    line: UInt = #line, column: UInt = #column
  ) async throws -> ReportDocument {
    try await get(
      "/api/v1/reports/\(progress.last?.reportId ?? "none")", fileID: fileID, filePath: filePath,
      line: line, column: column
    )
    .expect(status: .ok, fileID: fileID, filePath: filePath, line: line, column: column)
    .json(ReportDocument.self, fileID: fileID, filePath: filePath, line: line, column: column)
  }

  /// Uploads a workbook and gives the report that it becomes.
  public func importReport(
    _ workbook: FilePart.Content, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws -> ReportDocument {
    let operation = try await upload(
      workbook, fileID: fileID, filePath: filePath, line: line, column: column)
    let progress = try await follow(
      operation, fileID: fileID, filePath: filePath, line: line, column: column)
    return try await report(
      of: progress, fileID: fileID, filePath: filePath, line: line, column: column)
  }
}
