/// Gathers the pieces of one text, up to the limit of a text's length.
struct TextCollector {
  private(set) var bytes: [UInt8] = []
  private let limit: Int

  init(_ limits: WorkbookLimits) { limit = limits.textBytes }

  /// Adds a piece; `dropped` bytes that were taken off the text count for the limit too.
  mutating func add(_ piece: borrowing Span<UInt8>, dropped: Int = 0) throws(WorkbookError) {
    guard bytes.count + dropped + piece.count <= limit else {
      throw WorkbookError(.limitExceeded, "a text is longer than the limit `textBytes`, \(limit)")
    }
    unsafe piece.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
  }

  /// Where the text from `start` on is without blanks of XML around it.
  func trimmedRange(from start: Int) -> Range<Int> {
    let range = bytes.span.extracting(start..<bytes.count).trimmedRange
    return start + range.lowerBound..<start + range.upperBound
  }

  /// Keeps of the text from `start` on what lies in a range.
  mutating func keep(_ range: Range<Int>, from start: Int) {
    bytes.removeSubrange(range.upperBound..<bytes.count)
    bytes.removeSubrange(start..<range.lowerBound)
  }

  /// Forgets the text, and keeps the room.
  mutating func clear() { bytes.removeAll(keepingCapacity: true) }

  /// The text with its escapes replaced.
  var text: String { unescaped(bytes) }
}
