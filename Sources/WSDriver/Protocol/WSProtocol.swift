/// One end of a WebSocket, without I/O: bytes go in, and events and bytes come out.
///
/// It is strict: whatever RFC 6455 forbids fails the connection with the code that the RFC asks for, at the
/// earliest byte that shows it. It answers pings and closes. It holds no socket and reads no clock.
struct WSProtocol: Sendable {
  /// Which end this is: a client masks what it sends, and a server does not.
  enum Role: Sendable {
    case client
    case server
  }

  /// What came in, or was sent, in order.
  enum Event: Sendable, Hashable {
    /// A frame came in whole; its first bytes are kept.
    case received(WSFrameRecord)
    /// A frame was put into the output.
    case sent(WSFrameRecord)
    /// A message is complete.
    case message(WSMessage)
    /// A pong came, with the payload of a ping or without having been asked for.
    case pong([UInt8])
    /// The peer's close frame came. Nothing that follows it counts.
    case closed(WSCloseCode, reason: String)
    /// The peer broke a rule. A close frame with the violation's code is in the output.
    case failed(WSViolation)
  }

  private enum Reading: Sendable {
    /// The bytes of a header that is not complete.
    case header([UInt8])
    case payload(WSFrameHeader, Payload)
    /// After a close frame or a violation.
    case ended
  }

  /// A payload that is coming in.
  private struct Payload: Sendable {
    var left: Int
    var mask: PayloadMask?
    /// Where the bytes of this frame begin: in a data frame those of earlier fragments come before.
    var start: Int
  }

  /// A message whose last fragment has not come.
  private struct Assembly: Sendable {
    let isText: Bool
    var bytes: [UInt8] = []
    var check = UTF8Check()
  }

  private let messageLimit: Int
  // Not private: what this end sends is decided in a file of its own.
  let role: Role
  let makeMask: @Sendable () -> UInt32
  private var reading = Reading.header([])
  private var assembly: Assembly?
  private var control: [UInt8] = []
  var events: [Event] = []
  var output: [UInt8] = []
  /// Whether a close frame has been sent: nothing may follow it.
  var hasSentClose = false

  /// Makes one end of a connection whose handshake is over.
  ///
  /// - Parameters:
  ///   - role: Which end.
  ///   - messageLimit: The longest message to take in, in bytes.
  ///   - makeMask: Makes the masking key of each frame that a client sends.
  init(
    role: Role, messageLimit: Int = 16 << 20,
    makeMask: @escaping @Sendable () -> UInt32 = { .random(in: 0...(.max)) }
  ) {
    self.role = role
    self.messageLimit = messageLimit
    self.makeMask = makeMask
  }

  /// Gives what has come of the calls so far: events in order, and the bytes to send.
  mutating func takeResults() -> (events: [Event], output: [UInt8]) {
    defer { (events, output) = ([], []) }
    return (events, output)
  }

  /// Takes in bytes from the peer, cut anywhere.
  mutating func receive(_ bytes: [UInt8]) {
    var rest = bytes[...]
    // A payload of no bytes is complete without any to come.
    while !rest.isEmpty {
      switch reading {
      case .ended: return
      case .header(let begun): readHeader(begun, &rest)
      case .payload(let header, let payload): readPayload(header, payload, &rest)
      }
    }
  }

  private mutating func readHeader(_ begun: [UInt8], _ rest: inout ArraySlice<UInt8>) {
    // The longest header has 14 bytes.
    let bytes = begun + rest.prefix(14 - begun.count)
    switch WSFrameHeader.parse(bytes[...], isMasked: role == .server) {
    case .incomplete:
      reading = .header(bytes)
      rest = []
    case .violation(let violation): fail(violation)
    case .complete(let header, let size):
      rest = rest.dropFirst(size - begun.count)
      begin(header)
    }
  }

  private mutating func begin(_ header: WSFrameHeader) {
    var payload = Payload(left: header.length, mask: header.mask.map(PayloadMask.init), start: 0)
    switch header.opcode {
    case .continuation:
      guard let assembly else {
        return fail(.protocolError("a continuation without a message to continue", "5.4"))
      }
      payload.start = assembly.bytes.count
    case .text, .binary:
      guard assembly == nil else {
        return fail(.protocolError("a new message within a fragmented one", "5.4"))
      }
      assembly = Assembly(isText: header.opcode == .text)
    default: control = []
    }
    // Not their sum: a peer can announce a length that no sum holds.
    if !header.opcode.isControl, header.length > messageLimit - payload.start {
      return fail(.tooBig(limit: messageLimit))
    }
    if header.length == 0 {
      complete(header, payload)
    } else {
      reading = .payload(header, payload)
    }
  }

  private mutating func readPayload(
    _ header: WSFrameHeader, _ payload: Payload, _ rest: inout ArraySlice<UInt8>
  ) {
    var payload = payload
    let piece = rest.prefix(payload.left)
    rest = rest.dropFirst(piece.count)
    payload.left -= piece.count
    if header.opcode.isControl {
      let start = control.count
      control += piece
      payload.mask?.apply(to: &control, from: start)
    } else {
      guard var assembly = take(&assembly) else {
        preconditionFailure("a data frame has no message to go to")
      }
      let start = assembly.bytes.count
      assembly.bytes += piece
      payload.mask?.apply(to: &assembly.bytes, from: start)
      let isText = !assembly.isText || assembly.check.accept(assembly.bytes, from: start)
      self.assembly = assembly
      guard isText else { return fail(.notUTF8("a text message")) }
    }
    if payload.left == 0 {
      complete(header, payload)
    } else {
      reading = .payload(header, payload)
    }
  }

  private mutating func complete(_ header: WSFrameHeader, _ payload: Payload) {
    reading = .header([])
    if header.opcode.isControl {
      events.append(.received(WSFrameRecord(header, control[...])))
      completeControl(header.opcode)
    } else {
      completeData(header, payload)
    }
  }

  private mutating func completeData(_ header: WSFrameHeader, _ payload: Payload) {
    guard let assembly else { preconditionFailure("a data frame has no message to go to") }
    events.append(.received(WSFrameRecord(header, assembly.bytes[payload.start...])))
    guard header.isFinal else { return }
    self.assembly = nil
    if assembly.isText {
      guard assembly.check.isComplete else { return fail(.notUTF8("the end of a text message")) }
      events.append(.message(.text(String(decoding: assembly.bytes, as: UTF8.self))))
    } else {
      events.append(.message(.binary(assembly.bytes)))
    }
  }

  private mutating func completeControl(_ opcode: WSOpcode) {
    switch opcode {
    case .ping: if !hasSentClose { send(.pong, control) }
    case .pong: events.append(.pong(control))
    default: receiveClose()
    }
  }

  /// Checks the peer's close frame, and answers it with the same code unless this end closed first.
  ///
  /// Source: RFC 6455, sections 5.5.1, 7.1.5 and 7.4.
  private mutating func receiveClose() {
    if control.count == 1 {
      return fail(.protocolError("a close frame has half a code", "5.5.1"))
    }
    guard control.count >= 2 else {
      reading = .ended
      events.append(.closed(.noCode, reason: ""))
      if !hasSentClose { close(nil) }
      return
    }
    let code = WSCloseCode(rawValue: UInt16(control[0]) << 8 | UInt16(control[1]))
    guard code.mayBeSent else {
      return fail(.protocolError("a close frame has the code \(code.rawValue)", "7.4"))
    }
    guard let reason = String(validating: control[2...], as: UTF8.self) else {
      return fail(.notUTF8("the reason of a close frame"))
    }
    reading = .ended
    events.append(.closed(code, reason: reason))
    if !hasSentClose { close(code) }
  }

  private mutating func fail(_ violation: WSViolation) {
    reading = .ended
    assembly = nil
    events.append(.failed(violation))
    if !hasSentClose { close(violation.code) }
  }
}

/// Takes a value out of its place, so that it can be changed without a copy.
private func take<Value>(_ place: inout Value?) -> Value? {
  defer { place = nil }
  return place
}
