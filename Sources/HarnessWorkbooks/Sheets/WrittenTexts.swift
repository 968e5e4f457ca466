/// Where the texts that lost blanks are as the file has them: most texts lose none, and cost nothing here.
struct WrittenTexts: Sendable {
  // By keys that grow, so that a search finds them.
  private var keys = BlockArray<UInt64>()
  private var places = BlockArray<UInt64>()

  private static let lengthBits: UInt64 = 20

  /// Keeps the place of a written text by a key that is greater than those before it.
  mutating func add(_ place: Range<Int>, for key: Int) {
    keys.append(UInt64(key))
    places.append(UInt64(place.lowerBound) << Self.lengthBits | UInt64(place.count))
  }

  /// The place of the written text of a key; nil where the text lost nothing.
  func place(for key: Int) -> Range<Int>? {
    if keys.isEmpty { return nil }
    let index = partition(keys.count) { keys[$0] < UInt64(key) }
    guard index < keys.count, keys[index] == UInt64(key) else { return nil }
    let start = Int(places[index] >> Self.lengthBits)
    return start..<start + Int(places[index] & (1 << Self.lengthBits - 1))
  }

  mutating func clear() {
    keys.clear()
    places.clear()
  }
}
