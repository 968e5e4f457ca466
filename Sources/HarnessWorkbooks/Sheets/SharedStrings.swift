/// The texts that cells share, by their numbers; made into strings when they are asked for.
struct SharedStrings: Sendable {
  private var arena = ByteArena()
  // Where each text starts, with its length in the lower bits, as in a stored cell.
  private var places = BlockArray<UInt64>()
  private(set) var runs = RunTable()
  private var written = WrittenTexts()

  private static let lengthBits: UInt64 = 20

  var count: Int { places.count }
  /// How many bytes all texts have.
  var byteCount: Int { arena.count }

  /// Takes in a text; `written`: as the file has it, where it lost blanks.
  mutating func append(
    _ text: borrowing Span<UInt8>, runs: [RunTable.Run] = [], written: [UInt8]? = nil
  ) {
    if let written { self.written.add(arena.append(written.span), for: count) }
    let place = arena.append(text)
    self.runs.add(runs, ofTextAt: place.lowerBound)
    places.append(UInt64(place.lowerBound) << Self.lengthBits | UInt64(place.count))
  }

  subscript(index: Int) -> String { arena.string(place(index)) }

  /// The text as the file has it, with the blanks that it lost.
  func written(_ index: Int) -> String {
    arena.string(written.place(for: index) ?? place(index))
  }

  /// The runs of a rich text; none for a plain one.
  func runs(_ index: Int) -> [TextRun] { runs.runs(place(index), in: arena) }

  func withText<Result, Failure: Error>(
    _ index: Int, _ body: (borrowing Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result { try arena.withText(place(index), body) }

  private func place(_ index: Int) -> Range<Int> {
    let packed = places[index]
    let start = Int(packed >> Self.lengthBits)
    return start..<start + Int(packed & (1 << Self.lengthBits - 1))
  }
}
