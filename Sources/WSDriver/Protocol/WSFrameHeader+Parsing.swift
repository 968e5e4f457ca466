extension WSFrameHeader {
  /// What the first bytes of a frame say.
  enum Parsing: Hashable {
    /// The header has more bytes.
    case incomplete
    /// The header, and the number of bytes it has.
    case complete(WSFrameHeader, size: Int)
    /// Bytes that no frame begins with.
    case violation(WSViolation)
  }

  /// Reads a header as far as it has come; what is wrong by the first two bytes is told at once.
  ///
  /// `isMasked` says whether the sender must mask: a client must, and a server must not (section 5.1).
  static func parse(_ bytes: ArraySlice<UInt8>, isMasked: Bool) -> Parsing {
    guard bytes.count >= 2 else { return .incomplete }
    let (first, second) = (bytes[bytes.startIndex], bytes[bytes.startIndex + 1])
    var header = WSFrameHeader(
      isFinal: first & 0x80 != 0, reserved: first >> 4 & 0x7,
      opcode: WSOpcode(rawValue: first & 0xf), mask: nil, length: Int(second & 0x7f))
    if let violation = header.violation(hasMask: second & 0x80 != 0, isMasked: isMasked) {
      return .violation(violation)
    }
    let extra = header.length == 126 ? 2 : header.length == 127 ? 8 : 0
    let size = 2 + extra + (isMasked ? 4 : 0)
    guard bytes.count >= 2 + extra else { return .incomplete }
    if extra > 0 {
      let length = bytes.dropFirst(2).prefix(extra).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      guard let count = Int(exactly: length) else {
        return .violation(.protocolError("a length has its highest bit set", "5.2"))
      }
      guard count > (extra == 2 ? 125 : 0xffff) else {
        return .violation(.protocolError("the length \(count) is not in its shortest form", "5.2"))
      }
      header.length = count
    }
    guard bytes.count >= size else { return .incomplete }
    if isMasked {
      header.mask = bytes.dropFirst(2 + extra).prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }
    return .complete(header, size: size)
  }

  /// What the first two bytes break.
  private func violation(hasMask: Bool, isMasked: Bool) -> WSViolation? {
    if reserved != 0 {
      // No extension has been negotiated that gives them a meaning.
      return .protocolError("a reserved bit is set in a \(opcode.name) frame", "5.2")
    }
    if !opcode.isKnown { return .protocolError("\(opcode.name) has no meaning", "5.2") }
    if opcode.isControl && !isFinal {
      return .protocolError("a \(opcode.name) frame is fragmented", "5.5")
    }
    if opcode.isControl && length > 125 {
      return .protocolError("a \(opcode.name) frame has more than 125 bytes", "5.5")
    }
    if hasMask != isMasked {
      return .protocolError(
        hasMask ? "a frame of the server is masked" : "a frame of the client is not masked", "5.1")
    }
    return nil
  }
}
