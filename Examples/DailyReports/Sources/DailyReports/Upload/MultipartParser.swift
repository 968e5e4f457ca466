import NIOCore

/// Cuts a multipart body into its parts, as the bytes arrive.
///
/// It only decides: bytes go in, and events come out. Whatever could be the beginning of a delimiter
/// is held back until more bytes show what it is.
///
/// Source: RFC 2046, section 5.1.1.
struct MultipartParser {
  enum Event: Equatable {
    /// A part begins.
    case part(MultipartPartHead)
    /// Bytes of the part that began last.
    case bytes(ByteBuffer)
    /// The closing delimiter was read: the body is whole.
    case end
  }

  private enum State {
    case preamble, afterDelimiter, head, content, epilogue
  }

  private enum Content {
    case bytes(ByteBuffer)
    case delimiter
    case needsMore
  }

  /// Enough for the heads that browsers send, and too little to fill the memory with.
  private static let maximumHeadLength = 16 * 1024
  private static let lineEnd = Array("\r\n".utf8)
  private static let headEnd = Array("\r\n\r\n".utf8)
  private static let closingMark = Array("--".utf8)

  private let delimiter: [UInt8]
  private var state = State.preamble
  private var pending: ByteBuffer

  init(boundary: String) {
    delimiter = Self.lineEnd + Array("--\(boundary)".utf8)
    // The first delimiter need not follow a line end, so it is given one.
    pending = ByteBuffer(bytes: Self.lineEnd)
  }

  /// Takes in more bytes of the body.
  mutating func append(_ bytes: ByteBuffer) {
    pending.discardReadBytes()
    pending.writeImmutableBuffer(bytes)
  }

  /// The next event, and nil when that takes more bytes.
  mutating func next() throws(ServiceProblem) -> Event? {
    while true {
      switch state {
      case .preamble:
        switch readContent() {
        case .bytes: continue
        case .delimiter: state = .afterDelimiter
        case .needsMore: return nil
        }

      case .afterDelimiter:
        guard let mark = pending.getBytes(at: pending.readerIndex, length: 2) else { return nil }
        if mark == Self.closingMark {
          state = .epilogue
          return .end
        }
        // Between the delimiter and its line end there may be space, which means nothing.
        guard let end = pending.firstIndex(of: Self.lineEnd) else { return try needsMoreOfHead() }
        // The line end stays, so that a head without fields ends as every other head does.
        pending.moveReaderIndex(to: end)
        state = .head

      case .head:
        guard let end = pending.firstIndex(of: Self.headEnd) else { return try needsMoreOfHead() }
        let head = pending.readString(length: end - pending.readerIndex) ?? ""
        pending.moveReaderIndex(forwardBy: Self.headEnd.count)
        state = .content
        return .part(MultipartPartHead(head))

      case .content:
        switch readContent() {
        case .bytes(let bytes): return .bytes(bytes)
        case .delimiter: state = .afterDelimiter
        case .needsMore: return nil
        }

      case .epilogue:
        pending.clear()
        return nil
      }
    }
  }

  /// Reads up to the next delimiter, or past it when it comes first.
  private mutating func readContent() -> Content {
    let view = pending.readableBytesView
    var candidate = view.startIndex
    while let start = view[candidate...].firstIndex(of: delimiter[0]) {
      let seen = view[start...].prefix(delimiter.count)
      guard delimiter.starts(with: seen) else {
        candidate = start + 1
        continue
      }
      if start > view.startIndex { return readBytes(start - view.startIndex) }
      guard seen.count == delimiter.count else { return .needsMore }
      pending.moveReaderIndex(forwardBy: delimiter.count)
      return .delimiter
    }
    return view.isEmpty ? .needsMore : readBytes(view.count)
  }

  private mutating func readBytes(_ count: Int) -> Content {
    pending.readSlice(length: count).map(Content.bytes) ?? .needsMore
  }

  private func needsMoreOfHead() throws(ServiceProblem) -> Event? {
    guard pending.readableBytes <= Self.maximumHeadLength else {
      throw .malformedUpload("The head of a part is longer than \(Self.maximumHeadLength) bytes.")
    }
    return nil
  }
}

extension ByteBuffer {
  /// Where a few bytes occur first among the readable ones.
  fileprivate func firstIndex(of pattern: [UInt8]) -> Int? {
    readableBytesView.firstRange(of: pattern)?.lowerBound
  }
}
