/// The cells of a sheet whose values are not what their types say.
///
/// They are gathered, so that one error tells them all.
struct SheetDamage {
  private var cells: [WorkbookError.BadCell] = []
  private var count = 0

  // More say no more than these.
  private static let mostKept = 100

  var isEmpty: Bool { count == 0 }

  mutating func add(_ cell: WorkbookError.BadCell) {
    count += 1
    if cells.count < Self.mostKept { cells.append(cell) }
  }

  /// The damage as one error; nil when there is none.
  func error(part: String) -> WorkbookError? {
    guard let first = cells.first else { return nil }
    var error = WorkbookError(
      .damagedCell, count == 1 ? first.complaint : "\(count) cells are damaged", part: part,
      cell: count == 1 ? first.reference : nil)
    error.cells = cells
    return error
  }
}
