/// The rows of a sheet that have cells; rows without any are left out.
public struct SheetRows: RandomAccessCollection, Sendable {
  let storage: SheetStorage

  /// The place of the first row.
  public var startIndex: Int { 0 }
  /// The place after the last row.
  public var endIndex: Int { storage.rowStarts.count }

  /// The row at a place among those with cells; its number on the sheet is ``SheetRow/number``.
  public subscript(position: Int) -> SheetRow {
    SheetRow(storage: storage, places: storage.places(ofRowAt: position))
  }
}
