import HarnessLock

/// How many sheets of a workbook have read a part that belongs to one sheet, such as its comments.
///
/// Thousands of sheets that share one large part would take hours to read, and no writer makes two. Copies of a
/// workbook share it, and sheets may be read on several threads at once.
final class PartUses: Sendable {
  private let sheets = Lock<[String: Set<String>]>([:])

  // A sheet that was copied by hand may well have kept the comments of the other.
  private static let mostSheets = 16

  /// Lets a sheet, by its own part, read a part that belongs to it.
  func add(_ part: String, of sheet: String) throws(WorkbookError) {
    let isFine = sheets.withLock { sheets in
      sheets[part, default: []].insert(sheet)
      return (sheets[part]?.count ?? 0) <= Self.mostSheets
    }
    guard isFine else {
      throw WorkbookError(
        .damagedPart, "it belongs to more than \(Self.mostSheets) sheets", part: part)
    }
  }
}
