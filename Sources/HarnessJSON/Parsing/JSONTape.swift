/// The tokens of a text in order, flat: no allocation for each value.
///
/// A container's token stands before those of its content and knows the token after it, so that a
/// reader can skip it. The bytes were validated when the tape was made.
struct JSONTape {
  enum Kind: UInt8 {
    case null, `true`, `false`, number, string, escapedString, name, escapedName, array, object
  }

  /// Twelve bytes: a tape for a dense text takes about three times the memory of the text.
  struct Token {
    /// The offset of the first byte of the text.
    let start: UInt32
    /// The offset after the last byte.
    ///
    /// For a container, set when it closes.
    fileprivate(set) var end: UInt32
    private var kindAndNext: UInt32

    init(_ kind: Kind, start: Int, end: Int) {
      self.start = UInt32(start)
      self.end = UInt32(end)
      kindAndNext = UInt32(kind.rawValue) << 28
    }

    var kind: Kind {
      guard let kind = Kind(rawValue: UInt8(kindAndNext >> 28)) else {
        preconditionFailure("token with kind \(kindAndNext >> 28)")
      }
      return kind
    }

    /// The index of the token after a container and its content.
    ///
    /// 0 for other tokens.
    fileprivate(set) var next: Int {
      get { Int(kindAndNext & 0x0FFF_FFFF) }
      set { kindAndNext = kindAndNext & 0xF000_0000 | UInt32(newValue) }
    }
  }

  let bytes: [UInt8]
  private(set) var tokens: [Token] = []

  init(bytes: [UInt8]) {
    self.bytes = bytes
    // A guess that holds for API-like documents; a wrong one costs a few copies.
    tokens.reserveCapacity(bytes.count / 8 + 1)
  }

  mutating func append(_ kind: Kind, _ range: Range<Int>) {
    tokens.append(Token(kind, start: range.lowerBound, end: range.upperBound))
  }

  /// Closes the container whose token has this index.
  mutating func close(_ index: Int, end: Int) {
    tokens[index].end = UInt32(end)
    tokens[index].next = tokens.count
  }
}
