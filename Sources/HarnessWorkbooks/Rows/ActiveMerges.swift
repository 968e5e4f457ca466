/// The merged ranges of a sheet that a row lies in.
struct ActiveMerges: Sendable {
  let storage: SheetStorage
  private let ranges: [CellRange]

  // Without overlaps there are no more in one row: one for each column.
  private static let most = CellReference.lastColumn

  init(row: Int, of merges: [CellRange], in storage: SheetStorage) {
    self.storage = storage
    ranges = Array(
      merges.lazy.filter { $0.first.row <= row && row <= $0.last.row }.prefix(Self.most))
  }

  /// The first cell of the range that covers a cell; nil when none does.
  func first(covering reference: CellReference) -> CellReference? {
    ranges.first { $0.contains(reference) }?.first
  }

  /// The columns that the ranges cover, from left to right.
  var columns: [Int] {
    Set(ranges.lazy.flatMap { $0.first.column...$0.last.column }.prefix(Self.most)).sorted()
  }
}

/// Goes through the merged ranges of a sheet from top to bottom, row by row.
struct MergeSweep {
  private let storage: SheetStorage
  // By their first rows, those still to come last.
  private var coming: [CellRange]
  private var active: [CellRange] = []

  init(_ merges: [CellRange], in storage: SheetStorage) {
    self.storage = storage
    coming = merges.sorted { $0.first.row > $1.first.row }
  }

  /// The ranges that a row lies in; rows must come in their order.
  mutating func moved(to row: Int) -> ActiveMerges {
    while let next = coming.last, next.first.row <= row { active.append(coming.removeLast()) }
    active.removeAll { $0.last.row < row }
    return ActiveMerges(row: row, of: active, in: storage)
  }
}
