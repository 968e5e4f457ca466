/// A defect that would not show in the workbook that it was asked for.
public struct DailyReportDefectError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The defect.
  public let defect: DailyReportWorkbook.Defect
  /// Why it would not show.
  public let reason: String

  /// The defect, and why it would not show.
  public var description: String { "the defect \(defect) would not show: \(reason)" }
}

extension DailyReportDefectError {
  private typealias Defect = DailyReportWorkbook.Defect

  /// Looks whether all defects show.
  ///
  /// - Throws: The error of the first one, in the order of their names, that does not.
  static func check(
    _ defects: Set<DailyReportWorkbook.Defect>, of report: DailyReport,
    _ layout: DailyReportWorkbook.Layout
  ) throws(DailyReportDefectError) {
    // A set has no order, and a message should be the same each time.
    for defect in defects.sorted(by: { "\($0)" < "\($1)" }) {
      if let reason = reason(against: defect, defects, report, layout) {
        throw DailyReportDefectError(defect: defect, reason: reason)
      }
    }
  }

  private static func reason(
    against defect: Defect, _ defects: Set<Defect>, _ report: DailyReport,
    _ layout: DailyReportWorkbook.Layout
  ) -> String? {
    switch defect {
    case .badCells(let count), .errorCells(let count):
      if count < 0 { return "there is no such count" }
      let numbers = DailyReportPage.numbers(of: report, defects)
      let wanted = spoiled(defects)
      if wanted <= numbers { return nil }
      return "the report has \(numbers) numbers, and \(wanted) are to be spoiled"
    case .lateHeader(let rows):
      if !(0...1000 ~= rows) { return "0 to 1,000 rows may stand above the header" }
      return defects.contains(.missingHeader) ? "there is no header, by `.missingHeader`" : nil
    case .duplicateCode:
      if defects.contains(.missingColumn(.code)) { return "there is no column of codes" }
      return report.listings.count < 2 ? "the report has fewer than two listings" : nil
    case .wrongTotal:
      if layout == .text { return "the layout `text` has no totals; try the layout `merged`" }
      if defects.contains(.missingColumn(.volume)) { return "there is no column of volumes" }
      return report.sectors.isEmpty ? "the report has no sector" : nil
    case .blankRows: return report.listings.isEmpty ? "the report has no listing" : nil
    case .missingHeader, .missingColumn, .missingDate: return nil
    }
  }

  /// How many cells are to be spoiled by all defects together.
  private static func spoiled(_ defects: Set<Defect>) -> Int {
    defects.reduce(0) { sum, defect in
      switch defect {
      case .badCells(let count), .errorCells(let count):
        let (total, overflow) = sum.addingReportingOverflow(max(0, count))
        return overflow ? .max : total
      default: return sum
      }
    }
  }
}
