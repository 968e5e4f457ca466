/// The cells of a sheet, sparse and in their order: sixteen bytes for a cell, and one arena for all texts.
///
/// A cell at the far end of the sheet costs no more than one at its start.
final class SheetStorage: Sendable {
  let cells: [StoredCell]
  /// For each row that has cells, where in `cells` it starts.
  let rowStarts: [Int]
  let merges: [CellRange]
  private let arena: [UInt8]
  private let formulas: [CellReference: CellFormula]
  private let strings: [String]
  private let formats: [NumberFormat]
  private let epoch: DateEpoch

  init(
    _ content: SheetContent, strings: [String], formats: [NumberFormat], epoch: DateEpoch
  ) {
    let cells = content.orderedCells()
    self.cells = cells
    rowStarts = cells.indices.filter { $0 == 0 || cells[$0].row != cells[$0 - 1].row }
    merges = content.merges
    arena = content.arena
    formulas = content.formulas
    self.strings = strings
    self.formats = formats
    self.epoch = epoch
  }

  /// The range from the first to the last row and column that have cells.
  var usedRange: CellRange? {
    guard let first = cells.first, let last = cells.last else { return nil }
    var columns = first.column...first.column
    for cell in cells where !columns.contains(cell.column) {
      columns = min(columns.lowerBound, cell.column)...max(columns.upperBound, cell.column)
    }
    return CellRange(
      CellReference(checkedColumn: Int(columns.lowerBound), row: Int(first.row)),
      CellReference(checkedColumn: Int(columns.upperBound), row: Int(last.row)))
  }

  /// The cells of a row, as places in `cells`; empty for a row without cells.
  func places(ofRow row: Int) -> Range<Int> {
    let index = partition(rowStarts.count) { Int(cells[rowStarts[$0]].row) < row }
    guard index < rowStarts.count, Int(cells[rowStarts[index]].row) == row else { return 0..<0 }
    return places(ofRowAt: index)
  }

  /// The cells of the row that is `index`th among those with cells.
  func places(ofRowAt index: Int) -> Range<Int> {
    rowStarts[index]..<(index + 1 < rowStarts.count ? rowStarts[index + 1] : cells.count)
  }

  func cell(at reference: CellReference) -> Cell {
    let places = places(ofRow: reference.row)
    let offset = partition(places.count) {
      Int(cells[places.lowerBound + $0].column) < reference.column
    }
    let place = places.lowerBound + offset
    guard offset < places.count, Int(cells[place].column) == reference.column else {
      return Cell(reference: reference, value: .empty, rawText: "", formula: nil, formatCode: nil)
    }
    return cell(cells[place])
  }

  func cell(_ stored: StoredCell) -> Cell {
    let format =
      formats.indices.contains(Int(stored.style)) ? formats[Int(stored.style)] : .general
    let rawText = text(stored)
    return Cell(
      reference: stored.reference, value: value(stored, rawText, format), rawText: rawText,
      formula: formulas[stored.reference], formatCode: format.code)
  }

  private func text(_ stored: StoredCell) -> String {
    switch stored.content {
    case .empty: ""
    case .sharedString(let index): strings[index]
    case .boolean(let boolean): boolean ? "1" : "0"
    case .number(let range), .text(let range), .error(let range), .isoDate(let range):
      String(decoding: arena[range], as: UTF8.self)
    }
  }

  private func value(_ stored: StoredCell, _ text: String, _ format: NumberFormat) -> CellValue {
    switch stored.content {
    case .empty: return .empty
    case .sharedString, .text: return .text(text)
    case .boolean(let boolean): return .boolean(boolean)
    case .error: return .error(CellError(text))
    case .isoDate:
      if let point = SheetDateTime(text) { return .date(point) }
      return SheetTime(text).map { .time($0) } ?? .text(text)
    case .number:
      // The text was checked when the sheet was read.
      let number = Double(text) ?? .nan
      switch format.meaning {
      case .number: return .number(number)
      case .date: return epoch.value(ofSerial: number, showsDay: format.showsDay) ?? .number(number)
      case .duration:
        guard abs(number) < 1e8 else { return .number(number) }
        return .duration(.milliseconds(Int((number * 86_400_000).rounded())))
      }
    }
  }

  /// The first index for which `isBefore` no longer holds.
  private func partition(_ count: Int, _ isBefore: (Int) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if isBefore(middle) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
