/// Something odd about a workbook that was read all the same.
public struct WorkbookWarning: Sendable, Hashable {
  /// What is odd.
  public enum Kind: Sendable, Hashable {
    /// The part has two cells at one place: the last one counts, as in Excel, also where it holds nothing. Not
    /// told where the first one holds nothing.
    case repeatedCell(CellReference)
    /// The cells of the part are not in order: this one comes behind its place. Told once for a sheet.
    case unorderedCell(CellReference)
    /// The cell has a style that the workbook does not have, or that is no number: it is read with the first
    /// one, so that a date may be a number. Told once for a sheet, of its first such cell.
    case unknownStyle(CellReference)
    /// The CRC-32 of the part is wrong; only with ``ReadingOptions/acceptingWrongChecksums``.
    case wrongChecksum
  }

  /// What is odd.
  public let kind: Kind
  /// The part of the package, such as `xl/worksheets/sheet1.xml`.
  public let part: String
}

extension WorkbookWarning: CustomStringConvertible {
  /// The part, and what is odd about it.
  public var description: String {
    switch kind {
    case .repeatedCell(let cell):
      "\(part), cell \(cell): it is there twice, and the last one counts"
    case .unknownStyle(let cell):
      "\(part), cell \(cell): the workbook has no such style, and the first one is taken"
    case .unorderedCell(let cell): "\(part), cell \(cell): it comes behind its place"
    case .wrongChecksum: "\(part): its CRC-32 is wrong, and it was read as it is"
    }
  }
}
