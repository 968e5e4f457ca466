import DailyReports
import Foundation

/// Gives every report a grand total that its rows do not add up to.
struct WrongTotalStore: ReportStore {
  private let store: any ReportStore

  init(_ store: any ReportStore) {
    self.store = store
  }

  func insert(_ report: Report) async throws {
    try await store.insert(report)
  }

  func report(_ id: ReportID) async throws -> Report? {
    var report = try await store.report(id)
    report?.total.value += 1
    return report
  }

  func summaries() async throws -> [ReportSummary] {
    try await store.summaries()
  }

  func delete(_ id: ReportID) async throws -> Bool {
    try await store.delete(id)
  }
}
