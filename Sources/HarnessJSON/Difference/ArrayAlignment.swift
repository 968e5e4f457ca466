/// Which elements of two arrays are the same and in the same order on both sides.
///
/// The ends that are alike are paired first, then elements that occur once on each side, in the longest run
/// that keeps their order, and what is alike beside them. The time grows with the number of elements times
/// its logarithm.
struct ArrayAlignment {
  /// The positions of the pairs, in order.
  private(set) var pairs: [(Int, Int)] = []

  init(_ one: [Fingerprint], _ other: [Fingerprint]) {
    var first = 0
    let shorter = min(one.count, other.count)
    while first < shorter, one[first] == other[first] {
      pairs.append((first, first))
      first += 1
    }
    var last = 0
    while last < shorter - first, one[one.count - 1 - last] == other[other.count - 1 - last] {
      last += 1
    }
    align(one, first..<one.count - last, other, first..<other.count - last)
    for offset in (0..<last).reversed() {
      pairs.append((one.count - 1 - offset, other.count - 1 - offset))
    }
  }

  private mutating func align(
    _ one: [Fingerprint], _ range: Range<Int>, _ other: [Fingerprint], _ otherRange: Range<Int>
  ) {
    guard !range.isEmpty, !otherRange.isEmpty else { return }
    let anchors = Self.anchors(one, range, other, otherRange)
    var (first, otherFirst) = (range.lowerBound, otherRange.lowerBound)
    for (position, otherPosition) in anchors + [(range.upperBound, otherRange.upperBound)] {
      // What is alike behind the anchor before, and in front of this one.
      while first < position, otherFirst < otherPosition, one[first] == other[otherFirst] {
        pairs.append((first, otherFirst))
        (first, otherFirst) = (first + 1, otherFirst + 1)
      }
      var (end, otherEnd) = (position, otherPosition)
      while end > first, otherEnd > otherFirst, one[end - 1] == other[otherEnd - 1] {
        (end, otherEnd) = (end - 1, otherEnd - 1)
      }
      for offset in 0..<position - end { pairs.append((end + offset, otherEnd + offset)) }
      if position < range.upperBound { pairs.append((position, otherPosition)) }
      (first, otherFirst) = (position + 1, otherPosition + 1)
    }
  }

  /// The elements that occur once on each side, in the longest run that keeps their order.
  private static func anchors(
    _ one: [Fingerprint], _ range: Range<Int>, _ other: [Fingerprint], _ otherRange: Range<Int>
  ) -> [(Int, Int)] {
    let positions = uniquePositions(one, range)
    let others = uniquePositions(other, otherRange)
    let common = range.compactMap { position -> (Int, Int)? in
      guard positions[one[position]] == position, let match = others[one[position]], match >= 0
      else { return nil }
      return (position, match)
    }
    return longestIncreasing(common)
  }

  /// The position of what occurs once; -1 for what occurs more often.
  private static func uniquePositions(
    _ prints: [Fingerprint], _ range: Range<Int>
  ) -> [Fingerprint: Int] {
    var positions: [Fingerprint: Int] = [:]
    positions.reserveCapacity(range.count)
    for position in range {
      positions[prints[position]] = positions[prints[position]] == nil ? position : -1
    }
    return positions
  }

  /// By patience sorting.
  private static func longestIncreasing(_ pairs: [(Int, Int)]) -> [(Int, Int)] {
    // For each length, the pair that ends the run whose end is smallest.
    var ends: [Int] = []
    var before = Array(repeating: -1, count: pairs.count)
    for (index, pair) in pairs.enumerated() {
      var low = 0
      var high = ends.count
      while low < high {
        let middle = (low + high) / 2
        if pairs[ends[middle]].1 < pair.1 { low = middle + 1 } else { high = middle }
      }
      if low > 0 { before[index] = ends[low - 1] }
      if low == ends.count { ends.append(index) } else { ends[low] = index }
    }
    var run: [(Int, Int)] = []
    var index = ends.last ?? -1
    while index >= 0 {
      run.append(pairs[index])
      index = before[index]
    }
    return run.reversed()
  }
}
