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
  /// - Parameters:
  ///   - bytes: What has come, from the header's first byte on; what lies behind it is not looked at.
  ///   - sender: Who sent it: a client must mask, and a server must not (section 5.1).
  ///   - allowsCompression: Whether RSV1 may mark the first frame of a message.
  /// - Returns: What the bytes say so far.
  static func parse(
    _ bytes: UnsafeRawBufferPointer, from sender: WSRole, allowsCompression: Bool = false
  ) -> Parsing {
    guard bytes.count >= 2 else { return .incomplete }
    let (first, second) = unsafe (bytes[0], bytes[1])
    var header = WSFrameHeader(
      isFinal: first & 0x80 != 0, reserved: WSReservedBits(rawValue: first >> 4),
      opcode: WSOpcode(rawValue: first & 0xf), mask: nil, length: Int(second & 0x7f))
    if let violation = header.violation(
      hasMask: second & 0x80 != 0, from: sender, allowsCompression: allowsCompression)
    {
      return .violation(violation)
    }
    let extra = header.length == 126 ? 2 : header.length == 127 ? 8 : 0
    let size = 2 + extra + (sender == .client ? 4 : 0)
    guard bytes.count >= 2 + extra else { return .incomplete }
    if extra > 0 {
      guard let count = Int(exactly: unsafe bytes.bigEndian(from: 2, count: extra)) else {
        return .violation(.protocolError("a length has its highest bit set", "5.2"))
      }
      guard count > (extra == 2 ? 125 : 0xffff) else {
        return .violation(.protocolError("the length \(count) is not in its shortest form", "5.2"))
      }
      header.length = count
    }
    guard bytes.count >= size else { return .incomplete }
    if sender == .client {
      header.mask = UInt32(
        truncatingIfNeeded: unsafe bytes.bigEndian(from: 2 + extra, count: 4))
    }
    return .complete(header, size: size)
  }

  /// What the first two bytes break.
  private func violation(
    hasMask: Bool, from sender: WSRole, allowsCompression: Bool
  ) -> WSViolation? {
    if !reserved.isEmpty {
      if !allowsCompression {
        // No extension has been negotiated that gives them a meaning.
        return .protocolError("a reserved bit is set in a \(opcode.name) frame", "5.2")
      }
      if reserved != .rsv1 {
        return .protocolError("RSV2 or RSV3 is set in a \(opcode.name) frame", "5.2")
      }
      if opcode != .text && opcode != .binary {
        return WSViolation(
          code: .protocolError,
          description:
            "RSV1 is set in a \(opcode.name) frame, and only the first frame of a message may have it "
            + "(RFC 7692, section 6.1)")
      }
    }
    if !opcode.isKnown { return .protocolError("\(opcode.name) has no meaning", "5.2") }
    if opcode.isControl && !isFinal {
      return .protocolError("a \(opcode.name) frame is fragmented", "5.5")
    }
    if opcode.isControl && length > 125 {
      return .protocolError("a \(opcode.name) frame has more than 125 bytes", "5.5")
    }
    if hasMask != (sender == .client) {
      return .protocolError(
        hasMask ? "a frame of the server is masked" : "a frame of the client is not masked", "5.1")
    }
    return nil
  }
}

extension UnsafeRawBufferPointer {
  /// A number in network byte order.
  fileprivate func bigEndian(from start: Int, count: Int) -> UInt64 {
    var number: UInt64 = 0
    var position = start
    while position < start + count {
      number = unsafe number << 8 | UInt64(self[position])
      position += 1
    }
    return number
  }
}
