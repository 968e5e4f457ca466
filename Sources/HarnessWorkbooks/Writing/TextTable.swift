/// Texts with numbers in the order of their first use.
///
/// Texts count as equal by their bytes: Swift's `==` would take two forms of one letter for the same.
struct TextTable: Sendable {
  private var arena = ByteArena()
  private var places: [Range<Int>] = []
  private var hashes: [UInt64] = []
  // The numbers of the texts plus one, by their hashes; 0 where a slot is free. At most half are taken.
  private var slots = [UInt32](repeating: 0, count: 64)

  var count: Int { places.count }

  subscript(number: Int) -> String { arena.string(places[number]) }

  /// The number of a text, which is shorter than a mebibyte.
  mutating func number(_ text: String) -> Int {
    var text = text
    return text.withUTF8 { bytes in
      let bytes = unsafe bytes.span
      let hash = hash(bytes)
      var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
      while slots[slot] > 0 {
        let number = Int(slots[slot]) - 1
        if hashes[number] == hash, isEqual(number, bytes) { return number }
        slot = (slot + 1) & (slots.count - 1)
      }
      return add(bytes, hash, slot)
    }
  }

  private func isEqual(_ number: Int, _ bytes: Span<UInt8>) -> Bool {
    places[number].count == bytes.count
      && arena.withText(places[number]) { $0.isEqual(to: bytes) }
  }

  private mutating func add(_ bytes: Span<UInt8>, _ hash: UInt64, _ slot: Int) -> Int {
    places.append(arena.append(bytes))
    hashes.append(hash)
    slots[slot] = UInt32(places.count)
    if places.count * 2 > slots.count { grow() }
    return places.count - 1
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    for number in hashes.indices {
      var slot = Int(truncatingIfNeeded: hashes[number]) & (slots.count - 1)
      while slots[slot] > 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(number + 1)
    }
  }

  /// FNV-1a with its high bits folded down: the texts are the caller's own, who gains nothing by collisions.
  private func hash(_ bytes: Span<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in bytes.indices {
      hash = (hash ^ UInt64(bytes[index])) &* 0x0000_0100_0000_01B3
    }
    return hash ^ hash >> 29
  }
}
