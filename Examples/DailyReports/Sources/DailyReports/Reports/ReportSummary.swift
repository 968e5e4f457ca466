public import Foundation
public import HarnessWorkbooks

/// A line in the list of reports.
public struct ReportSummary: Sendable, Equatable, Encodable {
  /// The name of the report.
  public var id: ReportID
  /// When the report was made, to the second.
  public var createdAt: Date
  /// The trading session that the report is about.
  public var date: SheetDate
  /// The name of the workbook that was uploaded.
  public var fileName: String
  /// The number of companies that were traded.
  public var companies: Int
}
