/// Gathers the pieces of one text, up to the limit of a text's length.
struct TextCollector {
  private(set) var bytes: [UInt8] = []
  private let limit: Int

  init(_ limits: WorkbookLimits) { limit = limits.textBytes }

  mutating func add(_ piece: borrowing Span<UInt8>) throws(WorkbookError) {
    guard bytes.count + piece.count <= limit else {
      throw WorkbookError(.limitExceeded, "a text is longer than the limit `textBytes`, \(limit)")
    }
    unsafe piece.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
  }

  /// Forgets the text, and keeps the room.
  mutating func clear() { bytes.removeAll(keepingCapacity: true) }

  /// The text with its escapes replaced.
  var text: String { unescaped(bytes) }
}
