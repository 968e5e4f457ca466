/// The merged ranges of a sheet that a row lies in.
struct ActiveMerges: Sendable {
  let storage: SheetStorage
  fileprivate let ranges: [CellRange]

  // Without overlaps there are no more in one row: one for each column.
  fileprivate static let most = CellReference.lastColumn

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
///
/// Costs something only in rows where a range begins or behind which one has ended: a hostile sheet has a million
/// rows, and as many ranges as the limit of lists in all of them.
struct MergeSweep {
  private let storage: SheetStorage
  // By their first rows, those still to come last.
  private var coming: [CellRange]
  private var active: [CellRange] = []
  // The first of the last rows of those that are active.
  private var nextEnd = Int.max

  init(_ merges: [CellRange], in storage: SheetStorage) {
    self.storage = storage
    coming = merges.sorted { $0.first.row > $1.first.row }
  }

  /// The ranges that a row lies in; rows must come in their order.
  mutating func moved(to row: Int) -> ActiveMerges {
    if nextEnd < row {
      active.removeAll { $0.last.row < row }
      nextEnd = active.lazy.map(\.last.row).min() ?? .max
    }
    while let next = coming.last, next.first.row <= row {
      coming.removeLast()
      // It may lie in a gap between the rows that have cells.
      guard next.last.row >= row, active.count < ActiveMerges.most else { continue }
      active.append(next)
      nextEnd = min(nextEnd, next.last.row)
    }
    return ActiveMerges(storage: storage, ranges: active)
  }
}
