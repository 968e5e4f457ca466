/// The merged ranges of a sheet that a row lies in.
struct ActiveMerges: Sendable {
  let storage: SheetStorage
  /// From left to right.
  fileprivate let ranges: [CellRange]
  /// Whether one covers columns of another, which no good file has.
  fileprivate let haveOverlaps: Bool

  // Without overlaps there are no more in one row: one for each column.
  fileprivate static let most = CellReference.lastColumn

  /// The first cell of the range that covers a cell, of several the topmost; nil when none does.
  func first(covering reference: CellReference) -> CellReference? {
    if haveOverlaps {
      let covering = ranges.lazy.filter { $0.contains(reference) }
      return covering.min { $0.first.row < $1.first.row }?.first
    }
    let index = ranges.index(behind: reference.column) - 1
    guard index >= 0, ranges[index].contains(reference) else { return nil }
    return ranges[index].first
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
  // From left to right.
  private var active: [CellRange] = []
  private var haveOverlaps = false
  // The first of the last rows of those that are active.
  private var nextEnd = Int.max

  init(_ merges: [CellRange], in storage: SheetStorage) {
    self.storage = storage
    coming = merges.sorted {
      ($0.first.row, $0.first.column) > ($1.first.row, $1.first.column)
    }
  }

  /// The ranges that a row lies in; rows must come in their order.
  mutating func moved(to row: Int) -> ActiveMerges {
    if nextEnd < row {
      active.removeAll { $0.last.row < row }
      nextEnd = active.lazy.map(\.last.row).min() ?? .max
      if haveOverlaps { haveOverlaps = active.haveOverlaps }
    }
    while let next = coming.last, next.first.row <= row {
      coming.removeLast()
      // It may lie in a gap between the rows that have cells.
      guard next.last.row >= row, active.count < ActiveMerges.most else { continue }
      insert(next)
      nextEnd = min(nextEnd, next.last.row)
    }
    return ActiveMerges(storage: storage, ranges: active, haveOverlaps: haveOverlaps)
  }

  private mutating func insert(_ range: CellRange) {
    let index = active.index(behind: range.first.column)
    // In the row that both lie in, so that their columns alone decide.
    if index > 0, active[index - 1].last.column >= range.first.column { haveOverlaps = true }
    if index < active.count, active[index].first.column <= range.last.column { haveOverlaps = true }
    active.insert(range, at: index)
  }
}

extension [CellRange] {
  /// The index of the first that begins behind a column; they lie from left to right.
  fileprivate func index(behind column: Int) -> Int {
    var low = 0, high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle].first.column <= column { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Whether one begins before another has ended; they lie from left to right.
  fileprivate var haveOverlaps: Bool {
    var end = 0
    for range in self {
      if range.first.column <= end { return true }
      end = Swift.max(end, range.last.column)
    }
    return false
  }
}
