extension DifferenceFinder {
  mutating func compareArrays(
    _ pair: Pair, _ numbers: JSONComparison.NumberPolicy, _ order: NodeRules.Order
  ) {
    let one = elements(of: pair.expected, on: expected.tape)
    let other = elements(of: pair.actual, on: actual.tape)
    switch order {
    case .kept: compareOrdered(one, other, in: pair, numbers)
    case .free: compareUnordered(one, other, in: pair, numbers)
    case .keyed(let key): compareKeyed(one, other, by: key, in: pair, numbers)
    }
  }

  private func elements(of index: Int, on tape: JSONTape) -> [Int] {
    var elements: [Int] = []
    elements.reserveCapacity(tape.childCount(index))
    var child = index + 1
    let end = tape.next(index) - 1
    while child < end {
      elements.append(child)
      child = tape.next(child)
    }
    return elements
  }

  private mutating func compareOrdered(
    _ one: [Int], _ other: [Int], in pair: Pair, _ numbers: JSONComparison.NumberPolicy
  ) {
    let ones = one.map { expectedPrint($0, numbers) }
    let others = other.map { actualPrint($0, numbers) }
    if one.count == other.count {
      let same = zip(ones, others).count { $0 == $1 }
      // Elements that stand where they should outweigh those that could be found elsewhere.
      let isShifted = same * 2 < one.count && !isTolerant
      let alignment = isShifted ? ArrayAlignment(ones, others) : nil
      guard let alignment, alignment.pairs.count > same, alignment.pairs.count * 2 > one.count
      else {
        for position in one.indices.reversed() where ones[position] != others[position] {
          compareLater(one[position], other[position], in: pair, numbers)
        }
        return
      }
      compareGaps(alignment, one, other, in: pair, numbers)
      return
    }
    if isTolerant {
      compareTolerant(one, other, in: pair, numbers)
    } else {
      compareGaps(ArrayAlignment(ones, others), one, other, in: pair, numbers)
    }
  }

  /// Without fingerprints that tell which elements are the same, only the ends are set aside.
  private mutating func compareTolerant(
    _ one: [Int], _ other: [Int], in pair: Pair, _ numbers: JSONComparison.NumberPolicy
  ) {
    let shorter = min(one.count, other.count)
    var first = 0
    while first < shorter, areSame(one[first], other[first], numbers) { first += 1 }
    var last = 0
    while last < shorter - first,
      areSame(one[one.count - 1 - last], other[other.count - 1 - last], numbers)
    {
      last += 1
    }
    compareGap(
      one, first..<one.count - last, other, first..<other.count - last, in: pair, numbers)
  }

  /// Between the elements that are the same, pairs the others by their place.
  private mutating func compareGaps(
    _ alignment: ArrayAlignment, _ one: [Int], _ other: [Int], in pair: Pair,
    _ numbers: JSONComparison.NumberPolicy
  ) {
    var (first, otherFirst) = (0, 0)
    for (position, otherPosition) in alignment.pairs + [(one.count, other.count)] {
      compareGap(
        one, first..<position, other, otherFirst..<otherPosition, in: pair, numbers)
      (first, otherFirst) = (position + 1, otherPosition + 1)
    }
  }

  private mutating func compareGap(
    _ one: [Int], _ range: Range<Int>, _ other: [Int], _ otherRange: Range<Int>, in pair: Pair,
    _ numbers: JSONComparison.NumberPolicy
  ) {
    guard !range.isEmpty || !otherRange.isEmpty else { return }
    let note: JSONDifference.Mark.Note =
      one.count == other.count
      ? .none : .lengths(expected: Int32(one.count), actual: Int32(other.count))
    for (position, otherPosition) in zip(range, otherRange) {
      compareLater(one[position], other[otherPosition], in: pair, numbers)
    }
    for position in range.dropFirst(otherRange.count) { markMissing(one[position], in: pair, note) }
    // Told where it stands: before what follows the gap on the expected side.
    let next = range.upperBound < one.count ? one[range.upperBound] : nil
    for position in otherRange.dropFirst(range.count) {
      markUnexpected(other[position], in: pair, before: next, note)
    }
  }
}
