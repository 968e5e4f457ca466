/// Ranges in the order in which they came, of which those that overlap another one are found without looking at all.
///
/// A report may have a merged range in each of its rows, and there are a million rows.
struct RangeList: Sendable {
  private(set) var ranges: [CellRange] = []
  // The places of ranges by each of their rows, and of those with more rows than are worth it.
  private var places: [Int: [Int]] = [:]
  private var tall: [Int] = []

  private static let mostRows = 16

  /// The first range that has a cell in common with another one.
  func first(overlapping range: CellRange) -> CellRange? {
    let rows = range.first.row...range.last.row
    guard rows.count <= Self.mostRows else { return ranges.first { $0.overlaps(range) } }
    let near = rows.flatMap { places[$0] ?? [] } + tall
    return near.filter { ranges[$0].overlaps(range) }.min().map { ranges[$0] }
  }

  /// Adds a range after the others.
  mutating func append(_ range: CellRange) {
    let rows = range.first.row...range.last.row
    if rows.count <= Self.mostRows {
      for row in rows { places[row, default: []].append(ranges.count) }
    } else {
      tall.append(ranges.count)
    }
    ranges.append(range)
  }
}
