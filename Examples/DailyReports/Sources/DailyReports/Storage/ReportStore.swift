/// Where reports are kept.
public protocol ReportStore: Sendable {
  /// Keeps a report.
  func insert(_ report: Report) async throws

  /// The report of this name, and nil when there is none.
  func report(_ id: ReportID) async throws -> Report?

  /// All reports, the newest first.
  func summaries() async throws -> [ReportSummary]

  /// Deletes a report; false when there was none of this name.
  func delete(_ id: ReportID) async throws -> Bool
}
