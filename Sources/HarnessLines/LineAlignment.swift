/// Which lines two texts have in common, in order.
///
/// Where few lines differ it is a shortest edit. In large differences, lines that are there once in both texts
/// are anchors, then lines by their count, and the gaps between them are aligned again; what has nothing in
/// common after that is replaced as a whole. So the time grows little faster than the number of lines,
/// whatever they are.
///
/// Sources: E. Myers, "An O(ND) Difference Algorithm and Its Variations", 1986, section 4; B. Cohen's patience
/// difference for the anchors.
struct LineAlignment {
  /// Lines that are the same in both texts, one after another.
  struct Run: Equatable {
    var old: Int
    var new: Int
    var count: Int
  }

  private(set) var runs: [Run] = []
  /// Whether a part of the texts was given up: its lines are all replaced.
  private(set) var isCoarse = false

  private let old: [Int32]
  private let new: [Int32]
  private var counts: Counts

  /// Aligns numbers of lines, all of them below `distinct`.
  init(_ old: [Int32], _ new: [Int32], distinct: Int) {
    self.old = old
    self.new = new
    counts = Counts(distinct: distinct)
    align(0..<old.count, 0..<new.count, depth: 0)
  }

  private mutating func add(_ old: Int, _ new: Int, _ count: Int) {
    guard count > 0 else { return }
    if let last = runs.last, last.old + last.count == old, last.new + last.count == new {
      runs[runs.count - 1].count += count
    } else {
      runs.append(Run(old: old, new: new, count: count))
    }
  }

  private mutating func align(_ left: Range<Int>, _ right: Range<Int>, depth: Int) {
    var (first, second) = (left.lowerBound, right.lowerBound)
    let (leftEnd, rightEnd) = (left.upperBound, right.upperBound)
    while first < leftEnd, second < rightEnd, old[first] == new[second] {
      first += 1
      second += 1
    }
    add(left.lowerBound, right.lowerBound, first - left.lowerBound)
    var same = 0
    while leftEnd - same > first, rightEnd - same > second,
      old[leftEnd - same - 1] == new[rightEnd - same - 1]
    { same += 1 }
    alignMiddle(first..<leftEnd - same, second..<rightEnd - same, depth: depth)
    add(leftEnd - same, rightEnd - same, same)
  }

  private mutating func alignMiddle(_ left: Range<Int>, _ right: Range<Int>, depth: Int) {
    guard !left.isEmpty, !right.isEmpty, left.count + right.count > 2 else { return }
    if let pairs = ShortestEdit.commonPairs(old[left], new[right]) {
      for (first, second) in pairs { add(first, second, 1) }
      return
    }
    let anchors = depth < 10 ? counts.anchors(old[left], new[right]) : []
    guard !anchors.isEmpty else {
      isCoarse = true
      return
    }
    var (first, second) = (left.lowerBound, right.lowerBound)
    for (oldIndex, newIndex) in anchors {
      align(first..<oldIndex, second..<newIndex, depth: depth + 1)
      add(oldIndex, newIndex, 1)
      (first, second) = (oldIndex + 1, newIndex + 1)
    }
    align(first..<left.upperBound, second..<right.upperBound, depth: depth + 1)
  }
}

/// Counts lines within parts of two texts, to find those that can be anchors.
private struct Counts {
  private var old: [Int32]
  private var new: [Int32]
  private var place: [Int32]

  init(distinct: Int) {
    old = Array(repeating: 0, count: distinct)
    new = old
    place = old
  }

  /// Lines that are there once on both sides, in order.
  ///
  /// Where there are none, the first of each line belongs to the first on the other side, the second to the
  /// second, and so on.
  mutating func anchors(_ left: ArraySlice<Int32>, _ right: ArraySlice<Int32>) -> [(Int, Int)] {
    for line in left { old[Int(line)] += 1 }
    for (index, line) in right.enumerated() {
      new[Int(line)] += 1
      place[Int(line)] = Int32(index)
    }
    var pairs: [(Int, Int)] = []
    for index in left.indices {
      let line = Int(left[index])
      if old[line] == 1, new[line] == 1 {
        pairs.append((index, right.startIndex + Int(place[line])))
      }
    }
    if pairs.isEmpty { pairs = pairsByCount(left, right) }
    for line in left { (old[Int(line)], new[Int(line)]) = (0, 0) }
    for line in right { (old[Int(line)], new[Int(line)]) = (0, 0) }
    return longestIncreasing(pairs)
  }

  private mutating func pairsByCount(
    _ left: ArraySlice<Int32>, _ right: ArraySlice<Int32>
  ) -> [(Int, Int)] {
    // The places of each line on the right stand together, in order: where its next one stands is `place`.
    var next: Int32 = 0
    for line in right where new[Int(line)] > 0 {
      place[Int(line)] = next
      next += new[Int(line)]
      // Negative while it is being filled in below.
      new[Int(line)] = -new[Int(line)]
    }
    var places = Array(repeating: 0, count: right.count)
    var filled = place
    for index in right.indices {
      let line = Int(right[index])
      places[Int(filled[line])] = index
      filled[line] += 1
    }
    for line in right where new[Int(line)] < 0 { new[Int(line)] = -new[Int(line)] }
    var pairs: [(Int, Int)] = []
    for index in left.indices {
      let line = Int(left[index])
      guard new[line] > 0 else { continue }
      new[line] -= 1
      pairs.append((index, places[Int(place[line])]))
      place[line] += 1
    }
    return pairs
  }

  /// The longest part of the pairs that is in order on the right too.
  private func longestIncreasing(_ pairs: [(Int, Int)]) -> [(Int, Int)] {
    var ends: [Int] = []
    var previous = Array(repeating: -1, count: pairs.count)
    for index in pairs.indices {
      var (low, high) = (0, ends.count)
      while low < high {
        let middle = (low + high) / 2
        if pairs[ends[middle]].1 < pairs[index].1 { low = middle + 1 } else { high = middle }
      }
      if low > 0 { previous[index] = ends[low - 1] }
      if low == ends.count { ends.append(index) } else { ends[low] = index }
    }
    var result: [(Int, Int)] = []
    var index = ends.last ?? -1
    while index >= 0 {
      result.append(pairs[index])
      index = previous[index]
    }
    return result.reversed()
  }
}
