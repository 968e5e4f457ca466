/// Texts one after the other, in blocks, so that growing copies nothing.
///
/// A text never lies across two blocks, so that it can be handed out as a span.
struct ByteArena: Sendable {
  private var full: [[UInt8]] = []
  private var last: [UInt8] = []
  /// How many bytes there are in all texts.
  private(set) var count = 0

  /// A text is shorter than a block.
  static let longestText = blockSize - 1
  private static let shift = 20
  private static let blockSize = 1 << shift

  /// Puts a text in and gives its place.
  mutating func append(_ text: borrowing Span<UInt8>) -> Range<Int> {
    if last.count + text.count > Self.blockSize {
      full.append(last)
      last = []
      last.reserveCapacity(Self.blockSize)
    }
    let start = full.count << Self.shift + last.count
    unsafe text.withUnsafeBufferPointer { unsafe last.append(contentsOf: $0) }
    count += text.count
    return start..<start + text.count
  }

  /// Reads the text at a place.
  func withText<Result, Failure: Error>(
    _ place: Range<Int>, _ body: (borrowing Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let block = place.lowerBound >> Self.shift
    let start = place.lowerBound & (Self.blockSize - 1)
    let range = start..<start + place.count
    let bytes = block < full.count ? full[block] : last
    return try body(bytes.span.extracting(range))
  }

  /// The text at a place.
  func string(_ place: Range<Int>) -> String { withText(place) { String(decoding: $0) } }

  /// Forgets the texts, and keeps the room of one block.
  mutating func clear() {
    full.removeAll()
    last.removeAll(keepingCapacity: true)
    count = 0
  }
}

extension String {
  /// The text of UTF-8 bytes; those that are none become U+FFFD.
  init(decoding bytes: borrowing Span<UInt8>) {
    self = unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }
}
