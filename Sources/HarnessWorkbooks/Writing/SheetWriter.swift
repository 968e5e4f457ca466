/// A sheet to be written: its cells, merges and column widths.
public struct SheetWriter: Sendable {
  /// The name.
  public let name: String
  /// Whether a user sees the sheet.
  public let visibility: SheetVisibility

  private(set) var cells: [CellReference: CellContent] = [:]
  private(set) var merges: [CellRange] = []
  private(set) var widths: [Int: Double] = [:]
  private var lastRow = 0

  init(name: String, visibility: SheetVisibility) {
    self.name = name
    self.visibility = visibility
  }

  // Source: Excel's own limit for the text of a cell.
  private static let longestText = 32_767

  /// The number of the row that ``append(_:)`` writes next, counted from 1.
  public var nextRow: Int { lastRow + 1 }

  /// Writes a row after the last one, from column A on; an empty list leaves a row empty.
  ///
  /// Throws the kind `unwritable` for content that Excel would not read back.
  public mutating func append(_ contents: [CellContent]) throws(WorkbookError) {
    let row = nextRow
    for (index, content) in contents.enumerated() {
      guard let reference = CellReference(column: index + 1, row: row) else {
        throw unwritable("row \(row) lies outside of a sheet or is too wide")
      }
      try set(content, at: reference)
    }
    lastRow = row
  }

  /// Writes a cell, in place of what it held.
  ///
  /// Throws the kind `unwritable` for content that Excel would not read back.
  public mutating func set(
    _ content: CellContent, at reference: CellReference
  ) throws(WorkbookError) {
    switch content.value {
    case .text(let text) where text.utf16.count > Self.longestText:
      throw unwritable(
        "a text of \(text.utf16.count) UTF-16 units is longer than \(Self.longestText)",
        at: reference)
    case .number(let number) where !number.isFinite:
      throw unwritable("\(number) is no number that a cell can hold", at: reference)
    default: break
    }
    cells[reference] = content
    lastRow = max(lastRow, reference.row)
  }

  /// Merges a range, such as `A1:M1`; its value is that of its first cell.
  ///
  /// Throws the kind `unwritable` when it overlaps another one or is a single cell.
  public mutating func merge(_ range: CellRange) throws(WorkbookError) {
    guard range.first != range.last else {
      throw unwritable("a single cell cannot be merged", at: range.first)
    }
    if let other = merges.first(where: { $0.overlaps(range) }) {
      throw unwritable("the merged ranges \(other) and \(range) overlap")
    }
    merges.append(range)
  }

  /// Makes a column, 1 for `A`, as wide as `width` digits of the standard font.
  public mutating func setWidth(_ width: Double, ofColumn column: Int) throws(WorkbookError) {
    // Source: ECMA-376, part 1, section 18.3.1.13, and Excel's limit.
    guard 1...CellReference.lastColumn ~= column, 0...255 ~= width else {
      throw unwritable("the width \(width) of column \(column) is out of range")
    }
    widths[column] = width
  }

  func unwritable(_ reason: String, at reference: CellReference? = nil) -> WorkbookError {
    WorkbookError(.unwritable, reason, sheet: name, cell: reference)
  }
}

extension CellRange {
  func overlaps(_ other: CellRange) -> Bool {
    first.column <= other.last.column && other.first.column <= last.column
      && first.row <= other.last.row && other.first.row <= last.row
  }
}
