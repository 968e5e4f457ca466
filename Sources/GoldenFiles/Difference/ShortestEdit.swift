/// Finds what two sequences have in common by the shortest edit between them.
///
/// Source: E. Myers, "An O(ND) Difference Algorithm and Its Variations", 1986, section 4.
enum ShortestEdit {
  /// Edits after which the search gives up: the time grows with their number and the length.
  static let maximumEdits = 1_000

  /// The indices of equal elements in both slices, in order; nil where the slices differ too much.
  static func commonPairs(_ old: ArraySlice<Int>, _ new: ArraySlice<Int>) -> [(Int, Int)]? {
    guard !old.isEmpty, !new.isEmpty else { return [] }
    guard let trace = furthestPoints(old, new) else { return nil }
    var pairs: [(Int, Int)] = []
    var (x, y) = (old.count, new.count)
    for edits in trace.indices.reversed() {
      let diagonal = x - y
      let frontier = trace[edits]
      let comesFromAbove =
        diagonal == -edits
        || (diagonal != edits && frontier.x(diagonal - 1) < frontier.x(diagonal + 1))
      let previous = comesFromAbove ? diagonal + 1 : diagonal - 1
      let startX = edits == 0 ? 0 : frontier.x(previous)
      let startY = edits == 0 ? 0 : startX - previous
      while x > startX, y > startY, old[old.startIndex + x - 1] == new[new.startIndex + y - 1] {
        x -= 1
        y -= 1
        pairs.append((old.startIndex + x, new.startIndex + y))
      }
      (x, y) = (startX, startY)
    }
    return pairs.reversed()
  }

  /// How far each diagonal is reached before an edit; nil when that many edits do not suffice.
  private static func furthestPoints(
    _ old: ArraySlice<Int>, _ new: ArraySlice<Int>
  ) -> [Frontier]? {
    var frontier = Frontier(edits: 0)
    var trace: [Frontier] = []
    for edits in 0...min(maximumEdits, old.count + new.count) {
      var next = Frontier(edits: edits)
      trace.append(frontier)
      for diagonal in stride(from: -edits, through: edits, by: 2) {
        var x =
          if edits == 0 {
            0
          } else if diagonal == -edits
            || (diagonal != edits && frontier.x(diagonal - 1) < frontier.x(diagonal + 1))
          {
            frontier.x(diagonal + 1)
          } else {
            frontier.x(diagonal - 1) + 1
          }
        while x < old.count, x - diagonal < new.count, x - diagonal >= 0,
          old[old.startIndex + x] == new[new.startIndex + x - diagonal]
        { x += 1 }
        if x >= old.count, x - diagonal >= new.count { return trace }
        next.set(diagonal, x)
      }
      frontier = next
    }
    return nil
  }

  /// The furthest point on each diagonal from `-edits` to `edits`.
  private struct Frontier {
    private let edits: Int
    private var points: [Int]

    init(edits: Int) {
      self.edits = edits
      points = Array(repeating: -1, count: 2 * edits + 1)
    }

    func x(_ diagonal: Int) -> Int {
      points.indices.contains(diagonal + edits) ? points[diagonal + edits] : -1
    }

    mutating func set(_ diagonal: Int, _ x: Int) { points[diagonal + edits] = x }
  }
}
