/// What this end sends: each call puts bytes into the output.
extension WSProtocol {
  /// Puts a message into the output; false when a close frame has been sent.
  ///
  /// It is one frame, compressed where that has been agreed on.
  public mutating func send(_ message: WSMessage) -> Bool {
    guard !hasSentClose else { return false }
    switch message {
    case .text(var text):
      text.withUTF8 { unsafe sendData(.text, UnsafeRawBufferPointer($0)) }
    case .binary(let bytes): unsafe bytes.withUnsafeBytes { unsafe sendData(.binary, $0) }
    }
    return true
  }

  /// Puts a ping into the output; false when a close frame has been sent.
  ///
  /// Of the payload, 125 bytes are sent.
  public mutating func ping(_ payload: [UInt8]) -> Bool {
    guard !hasSentClose else { return false }
    send(.ping, Array(payload.prefix(125)))
    return true
  }

  /// Puts a pong that nobody asked for into the output; false when a close frame has been sent.
  ///
  /// Of the payload, 125 bytes are sent. Source: RFC 6455, section 5.5.3.
  public mutating func pong(_ payload: [UInt8]) -> Bool {
    guard !hasSentClose else { return false }
    send(.pong, Array(payload.prefix(125)))
    return true
  }

  /// Puts a close frame into the output, unless one has been sent.
  ///
  /// - Parameters:
  ///   - code: The code; nil sends a close frame without one.
  ///   - reason: At most 123 bytes; the rest is left out, between two characters.
  public mutating func close(_ code: WSCloseCode?, reason: String = "") {
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

  /// Puts a frame into the output as it is, right or wrong, also after a close frame.
  public mutating func send(_ frame: WSFrame) {
    let bytes = frame.bytes(sentBy: role, makeMask: { makeMask() })
    output += bytes
    if settings.recordsFrames {
      let header = WSFrameHeader(
        isFinal: frame.isFinal, reserved: frame.reserved, opcode: frame.opcode, mask: nil,
        length: frame.payload.count)
      events.append(.sent(WSFrameRecord(header, payload: frame.payload[...])))
    }
    if frame.opcode == .close { hasSentClose = true }
  }

  /// Tells whether what was sent leaves this machine.
  ///
  /// While it does not, only the latest ping is kept to be answered: a peer that sends pings and reads nothing
  /// must not make this end hold more and more. Source: RFC 6455, section 5.5.3.
  public mutating func setCongested(_ isCongested: Bool) {
    self.isCongested = isCongested
    guard !isCongested, let payload = pong else { return }
    pong = nil
    if isReading { send(.pong, payload) }
  }

  /// Answers a ping, also behind a close frame of this end, until the peer's has come.
  ///
  /// Source: RFC 6455, section 5.5.2.
  mutating func answerPing(_ payload: [UInt8]) {
    if isCongested { pong = payload } else { send(.pong, payload) }
  }

  private mutating func sendData(_ opcode: WSOpcode, _ payload: UnsafeRawBufferPointer) {
    guard deflater != nil else { return unsafe send(opcode, payload) }
    var packed: [UInt8] = []
    guard unsafe deflater?.deflate(payload, onto: &packed) == true else {
      // Without memory there is no more compression; the peer takes messages as they are.
      deflater = nil
      return unsafe send(opcode, payload)
    }
    unsafe packed.withUnsafeBytes {
      unsafe send(opcode, $0, reserved: .rsv1, original: payload)
    }
  }

  private mutating func send(_ opcode: WSOpcode, _ payload: [UInt8]) {
    unsafe payload.withUnsafeBytes { unsafe send(opcode, $0) }
  }

  /// Puts a frame into the output.
  private mutating func send(
    _ opcode: WSOpcode, _ payload: UnsafeRawBufferPointer, reserved: WSReservedBits = [],
    original: UnsafeRawBufferPointer? = nil
  ) {
    var header = WSFrameHeader(reserved: reserved, opcode: opcode, length: payload.count)
    if role == .client { header.mask = makeMask() }
    if settings.recordsFrames {
      events.append(
        unsafe .sent(
          WSFrameRecord(header, payload: original ?? payload, isCompressed: original != nil)))
    }
    let frame = unsafe header.frame(of: payload)
    if output.isEmpty { output = frame } else { output += frame }
  }
}
