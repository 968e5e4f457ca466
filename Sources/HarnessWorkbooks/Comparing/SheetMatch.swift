/// Which sheets of two workbooks are the same by name, and which of them have moved.
///
/// Where a name comes twice, the first of one workbook is the first of the other.
struct SheetMatch {
  /// The place in the other workbook of each sheet of the first one; nil for one that is not there.
  let partners: [Int?]
  /// The places in the other workbook of the sheets that the first one has not.
  let added: [Int]
  /// The places in the first workbook of the sheets that have moved among those that both have.
  let moved: Set<Int>

  init(_ names: [String], _ others: [String]) {
    var places: [[UInt8]: [Int]] = [:]
    // From the last to the first, so that the first one is taken off the end.
    for (place, name) in others.enumerated().reversed() {
      places[Array(name.utf8), default: []].append(place)
    }
    let partners = names.map { places[Array($0.utf8)]?.popLast() }
    let taken = Set(partners.compactMap { $0 })
    added = others.indices.filter { !taken.contains($0) }
    self.partners = partners
    let common = partners.indices.filter { partners[$0] != nil }
    let staying = Self.longestIncrease(common.map { partners[$0] ?? 0 })
    moved = Set(common).subtracting(staying.map { common[$0] })
  }

  /// The places of a longest increasing subsequence of different numbers.
  private static func longestIncrease(_ numbers: [Int]) -> [Int] {
    // The places of the smallest numbers that end an increase of each length, and the place before each.
    var ends: [Int] = []
    var previous: [Int?] = []
    for (place, number) in numbers.enumerated() {
      let length = partition(ends.count) { numbers[ends[$0]] < number }
      previous.append(length > 0 ? ends[length - 1] : nil)
      if length < ends.count { ends[length] = place } else { ends.append(place) }
    }
    var increase: [Int] = []
    var next = ends.last
    while let place = next {
      increase.append(place)
      next = previous[place]
    }
    return increase
  }
}
