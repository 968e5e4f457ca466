/// Where the runs of rich texts end, eight bytes each: most texts have none, and cost nothing here.
struct RunTable: Sendable {
  /// A run as it is stored: where its text ends in that of the whole, and its style.
  struct Run {
    var end: Int
    var style: TextRun.Style
  }

  // The start of the whole text in its arena in 40 bits, the end of the run in 20, its style in 4: in the
  // order in which the texts were stored, so that a search finds them.
  private var packed = BlockArray<UInt64>()

  var count: Int { packed.count }

  /// Keeps the runs of the text that starts at a place of its arena.
  mutating func add(_ runs: [Run], ofTextAt start: Int) {
    for run in runs {
      packed.append(UInt64(start) << 24 | UInt64(run.end) << 4 | UInt64(run.style.rawValue & 15))
    }
  }

  /// The runs of the text at a place of its arena; none for a plain text.
  func runs(_ place: Range<Int>, in arena: ByteArena) -> [TextRun] {
    // An empty text starts where the next one does.
    if packed.isEmpty || place.isEmpty { return [] }
    let key = UInt64(place.lowerBound)
    var index = partition(packed.count) { packed[$0] >> 24 < key }
    var start = place.lowerBound
    var runs: [TextRun] = []
    while index < packed.count, packed[index] >> 24 == key {
      let end = place.lowerBound + Int(packed[index] >> 4 & 0xF_FFFF)
      if end > start {
        runs.append(
          TextRun(
            arena.string(start..<end),
            TextRun.Style(rawValue: UInt8(packed[index] & 15))))
      }
      start = max(start, end)
      index += 1
    }
    return runs
  }

  mutating func clear() { packed.clear() }
}
