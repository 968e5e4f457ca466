/// Finds what two sequences have in common by the shortest edit between them.
///
/// Source: E. Myers, "An O(ND) Difference Algorithm and Its Variations", 1986, section 4.
enum ShortestEdit {
  /// Edits after which the search gives up: the time grows with the square of their number.
  static let maximumEdits = 256

  /// The indices of equal elements in both slices, in order; nil where the slices differ too much.
  static func commonPairs(_ old: ArraySlice<Int32>, _ new: ArraySlice<Int32>) -> [(Int, Int)]? {
    guard !old.isEmpty, !new.isEmpty else { return [] }
    // So many edits are needed at least.
    guard abs(old.count - new.count) <= maximumEdits else { return nil }
    guard let trace = Trace(old, new) else { return nil }
    var pairs: [(Int, Int)] = []
    var (x, y) = (old.count, new.count)
    for edits in stride(from: trace.edits, through: 0, by: -1) {
      let diagonal = x - y
      let (startX, startY): (Int, Int)
      if edits == 0 {
        (startX, startY) = (0, 0)
      } else {
        let isDown = trace.comesFromAbove(diagonal, edits: edits)
        let previous = isDown ? diagonal + 1 : diagonal - 1
        startX = trace.x(previous, edits: edits - 1)
        startY = startX - previous
      }
      while x > startX, y > startY, old[old.startIndex + x - 1] == new[new.startIndex + y - 1] {
        x -= 1
        y -= 1
        pairs.append((old.startIndex + x, new.startIndex + y))
      }
      (x, y) = (startX, startY)
    }
    return pairs.reversed()
  }

  /// How far each diagonal is reached with each number of edits.
  private struct Trace {
    private(set) var edits = 0
    /// All frontiers one after another: that of `d` edits has `2d + 1` diagonals and begins at `d * d`.
    private var points: [Int32] = []

    /// Fails when that many edits do not suffice.
    init?(_ old: ArraySlice<Int32>, _ new: ArraySlice<Int32>) {
      let (oldStart, newStart) = (old.startIndex, new.startIndex)
      for edits in 0...min(maximumEdits, old.count + new.count) {
        self.edits = edits
        for diagonal in -edits...edits {
          guard (diagonal + edits).isMultiple(of: 2) else {
            points.append(-1)
            continue
          }
          var x = 0
          if edits > 0 {
            x =
              comesFromAbove(diagonal, edits: edits)
              ? self.x(diagonal + 1, edits: edits - 1) : self.x(diagonal - 1, edits: edits - 1) + 1
          }
          while x < old.count, x - diagonal < new.count, x - diagonal >= 0,
            old[oldStart + x] == new[newStart + x - diagonal]
          { x += 1 }
          points.append(Int32(x))
          if x >= old.count, x - diagonal >= new.count { return }
        }
      }
      return nil
    }

    func x(_ diagonal: Int, edits: Int) -> Int {
      guard abs(diagonal) <= edits else { return -1 }
      return Int(points[edits * edits + diagonal + edits])
    }

    func comesFromAbove(_ diagonal: Int, edits: Int) -> Bool {
      diagonal == -edits
        || (diagonal != edits
          && x(diagonal - 1, edits: edits - 1) < x(diagonal + 1, edits: edits - 1))
    }
  }
}
