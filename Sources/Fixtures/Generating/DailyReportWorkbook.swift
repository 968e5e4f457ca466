public import HarnessWorkbooks

/// A workbook made of a ``DailyReport``, with what a test needs to know of it.
public struct DailyReportWorkbook: Sendable {
  /// How the exchange lays the report out.
  public enum Layout: Sendable, Hashable, CaseIterable {
    /// Sheet `Bullient  `, with two blanks at its end: numbers, merged sector rows, totals as formulas,
    /// and two more sheets, one of them hidden.
    case merged
    /// Sheet `Bulletin`: every number a text with thousands commas, stray blanks, nothing merged.
    case text
  }

  /// What is wrong with the workbook, on purpose.
  ///
  /// A defect that would not show is refused with a ``DailyReportDefectError``: each says when that is.
  public enum Defect: Sendable, Hashable {
    /// This many cells hold something that is no number; the seed of the places is the report itself.
    ///
    /// Refused where the report has fewer numbers, those of ``errorCells(_:)`` and a ``missingColumn(_:)`` apart: it has
    /// eleven for each listing. Also below 0.
    case badCells(Int)
    /// This many cells hold an error of Excel's, such as `#N/A`, chosen as the bad cells are, and refused as they are.
    case errorCells(Int)
    /// The row with the names of the columns is not there.
    case missingHeader
    /// The column is not there, and those behind it stand one to the left.
    case missingColumn(DailyReport.Listing.CodingKeys)
    /// The header begins this many rows further down, below remarks.
    ///
    /// Refused below 0, above 1,000, and together with ``missingHeader``.
    case lateHeader(Int)
    /// The day is not told anywhere in the sheet; the name of the file tells it still.
    case missingDate
    /// The first two listings have the same code.
    ///
    /// Refused where there are fewer than two, and together with ``missingColumn(_:)`` of the codes.
    case duplicateCode
    /// The total of the first sector is one share too high.
    ///
    /// Refused in the layout ``Layout/text``, which has no totals, without a sector, and together with ``missingColumn(_:)``
    /// of the volumes.
    case wrongTotal
    /// There is an empty row after each listing.
    ///
    /// Refused without a listing.
    case blankRows
  }

  /// The name that the exchange gives such a file.
  public let name: String
  /// The bytes of the file.
  public let bytes: [UInt8]
  /// The cells that ``Defect/badCells(_:)`` and ``Defect/errorCells(_:)`` spoiled, row by row.
  public let badCells: [CellReference]
}

extension DailyReport {
  /// Writes the report as a workbook in a layout of the exchange.
  ///
  /// - Parameters:
  ///   - layout: How the report is laid out.
  ///   - defects: What is wrong with the workbook; nothing by default.
  /// - Returns: The file with its name, and the cells that were spoiled.
  /// - Throws: A ``DailyReportDefectError`` when a defect would not show; a `WorkbookError` when the report holds what a
  ///   workbook cannot.
  public func workbook(
    layout: DailyReportWorkbook.Layout = .merged, defects: Set<DailyReportWorkbook.Defect> = []
  ) throws -> DailyReportWorkbook {
    try DailyReportDefectError.check(defects, of: self, layout)
    var page = DailyReportPage(self, layout: layout, defects: defects)
    var workbook = WorkbookWriter()
    try page.write(to: &workbook)
    let day = "\(date)".split(separator: "-").joined(separator: " ")
    return DailyReportWorkbook(
      name: "\(day) ISX Daily Report.xlsx", bytes: try workbook.bytes(),
      badCells: page.badCells.sorted())
  }
}
