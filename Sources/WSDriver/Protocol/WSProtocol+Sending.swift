/// What this end sends: each call puts bytes into the output.
extension WSProtocol {
  /// Puts a message into the output; false when a close frame has been sent.
  mutating func send(_ message: WSMessage) -> Bool {
    guard !hasSentClose else { return false }
    switch message {
    case .text(let text): send(.text, Array(text.utf8))
    case .binary(let bytes): send(.binary, bytes)
    }
    return true
  }

  /// Puts a ping into the output; false when a close frame has been sent.
  mutating func ping(_ payload: [UInt8]) -> Bool {
    guard !hasSentClose else { return false }
    send(.ping, payload)
    return true
  }

  /// Puts a close frame into the output, unless one has been sent.
  ///
  /// - Parameters:
  ///   - code: The code; nil sends a close frame without one.
  ///   - reason: At most 123 bytes; the rest is left out.
  mutating func close(_ code: WSCloseCode?, reason: String = "") {
    guard !hasSentClose else { return }
    var payload: [UInt8] = []
    if let code {
      payload = [UInt8(code.rawValue >> 8), UInt8(code.rawValue & 0xff)]
      for scalar in reason.unicodeScalars {
        let bytes = Array(String(scalar).utf8)
        if payload.count + bytes.count > 125 { break }
        payload += bytes
      }
    }
    send(.close, payload)
    hasSentClose = true
  }

  /// Puts a frame into the output.
  mutating func send(_ opcode: WSOpcode, _ payload: [UInt8]) {
    var header = WSFrameHeader(opcode: opcode, length: payload.count)
    if role == .client { header.mask = makeMask() }
    events.append(.sent(WSFrameRecord(header, payload[...])))
    output += header.bytes
    let start = output.count
    output += payload
    if let key = header.mask {
      var mask = PayloadMask(key: key)
      mask.apply(to: &output, from: start)
    }
  }
}
