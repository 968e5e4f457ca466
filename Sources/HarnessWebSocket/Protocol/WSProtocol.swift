/// One end of a WebSocket, without I/O: bytes go in, and events and bytes come out.
///
/// ```swift
/// var client = WSProtocol(.client)
/// _ = client.send(.text("hello"))
/// client.receive(bytesOfThePeer)
/// let (events, output) = client.takeResults()
/// ```
///
/// It is strict: whatever RFC 6455 and RFC 7692 forbid fails the connection with the code that they ask for, at
/// the earliest byte that shows it, and however the bytes are cut, the events are the same. It answers pings
/// and closes. It holds no socket and reads no clock. It cannot be copied, because what has been compressed and
/// inflated so far belongs to one connection.
public struct WSProtocol: ~Copyable, Sendable {
  /// What an end may be told to do in another way.
  public struct Settings: Sendable {
    /// How much the peer may make this end hold.
    public var limits = WSLimits()
    /// What the handshake agreed on; nil without permessage-deflate.
    public var deflate: WSDeflate.Agreement?
    /// Whether pings are answered, as they must be; false plays an end that has gone silent.
    public var answersPings = true
    /// Whether a close frame is answered, as it must be; false plays an end that never closes.
    public var answersClose = true
    /// Whether there are events for frames, and not only for what they amount to.
    public var recordsFrames = true
    /// Makes the masking key of each frame that a client sends; nil leaves it to the system's source of random numbers.
    public var makeMask: (@Sendable () -> UInt32)?

    /// Makes the settings of an end that keeps to the rules.
    public init() {}
  }

  /// What came in, or was sent, in order.
  public enum Event: Sendable, Hashable {
    /// A frame came in whole; its first bytes are kept.
    case received(WSFrameRecord)
    /// A frame was put into the output.
    case sent(WSFrameRecord)
    /// A message is complete.
    case message(WSMessage)
    /// A ping came; unless the settings say otherwise, it is answered.
    case ping([UInt8])
    /// A pong came, with the payload of a ping or without having been asked for.
    case pong([UInt8])
    /// The peer's close frame came. Nothing that follows it counts.
    case closed(WSCloseCode, reason: String)
    /// The peer broke a rule. A close frame with the violation's code is in the output, unless one had been
    /// sent.
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
    /// Where what this frame adds begins: in a data frame what earlier frames added comes before.
    var start = 0
  }

  /// Which end this is.
  public let role: WSRole
  // Not private: what this end sends is decided in a file of its own.
  let settings: Settings
  private var reading = Reading.header([])
  private var assembly: MessageAssembly?
  private var control: [UInt8] = []
  private var inflater: MessageInflater?
  var deflater: MessageDeflater?
  var events: [Event] = []
  var output: [UInt8] = []
  private var keys = MaskingKeys()
  /// Whether a close frame has been sent: no message may follow it.
  public internal(set) var hasSentClose = false
  /// Whether what was sent does not leave, so that the answers to pings wait.
  var isCongested = false
  /// The answer to the latest ping, where it waits.
  var pong: [UInt8]?

  /// Makes one end of a connection whose handshake is over.
  public init(_ role: WSRole, _ settings: Settings = Settings()) {
    self.role = role
    self.settings = settings
    guard let agreed = settings.deflate else { return }
    let isClient = role == .client
    inflater = MessageInflater(
      keepsContext: !(isClient ? agreed.serverNoContextTakeover : agreed.clientNoContextTakeover),
      limits: settings.limits)
    deflater = MessageDeflater(
      windowBits: isClient ? agreed.clientWindowBits : agreed.serverWindowBits,
      level: agreed.level,
      keepsContext: !(isClient ? agreed.clientNoContextTakeover : agreed.serverNoContextTakeover))
  }

  /// The masking key of the next frame.
  mutating func makeMask() -> UInt32 { settings.makeMask?() ?? keys.next() }

  /// Gives what has come of the calls so far: events in order, and the bytes to send.
  public mutating func takeResults() -> (events: [Event], output: [UInt8]) {
    defer { (events, output) = ([], []) }
    return (events, output)
  }

  /// Whether neither a close frame nor a violation has come: what the peer sends still counts.
  public var isReading: Bool {
    if case .ended = reading { false } else { true }
  }

  /// Takes in bytes from the peer, cut anywhere.
  public mutating func receive(_ bytes: [UInt8]) {
    unsafe bytes.withUnsafeBytes { unsafe receive($0) }
  }

  /// Takes in bytes from the peer, cut anywhere.
  public mutating func receive(_ bytes: UnsafeRawBufferPointer) {
    var position = 0
    // A payload of no bytes is complete without any to come.
    while position < bytes.count {
      let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[position...])
      switch reading {
      case .ended: return
      case .header(let begun): position += unsafe readHeader(begun, rest)
      case .payload(let header, let payload):
        position += unsafe readPayload(header, payload, rest)
      }
    }
  }

  /// Reads on in a header; gives how many bytes it took.
  private mutating func readHeader(_ begun: [UInt8], _ rest: UnsafeRawBufferPointer) -> Int {
    if begun.isEmpty { return unsafe readHeader(from: rest, begun: 0, rest) }
    let bytes = unsafe begun + rest.prefix(WSFrameHeader.longest - begun.count)
    return unsafe bytes.withUnsafeBytes {
      unsafe readHeader(from: $0, begun: begun.count, rest)
    }
  }

  private mutating func readHeader(
    from bytes: UnsafeRawBufferPointer, begun: Int, _ rest: UnsafeRawBufferPointer
  ) -> Int {
    let parsing = unsafe WSFrameHeader.parse(
      bytes, from: role.peer, allowsCompression: settings.deflate != nil)
    switch parsing {
    case .incomplete:
      reading = .header(unsafe Array(bytes.prefix(WSFrameHeader.longest)))
      return rest.count
    case .violation(let violation):
      fail(violation)
      return rest.count
    case .complete(let header, let size):
      begin(header)
      return size - begun
    }
  }

  private mutating func begin(_ header: WSFrameHeader) {
    var payload = Payload(left: header.length, mask: header.mask.map(PayloadMask.init))
    if header.opcode.isControl {
      control = []
    } else {
      if header.opcode == .continuation {
        guard assembly != nil else {
          return fail(.protocolError("a continuation without a message to continue", "5.4"))
        }
      } else {
        guard assembly == nil else {
          return fail(.protocolError("a new message within a fragmented one", "5.4"))
        }
        assembly = MessageAssembly(
          isText: header.opcode == .text, isCompressed: header.reserved.contains(.rsv1))
      }
      guard let start = extend(by: header.length) else {
        return fail(.tooBig(limit: settings.limits.message))
      }
      payload.start = start
    }
    if header.length == 0 {
      complete(header, payload)
    } else {
      reading = .payload(header, payload)
    }
  }

  /// Makes ready for a data frame; gives where what it adds begins, or nil where it has more than is allowed.
  private mutating func extend(by length: Int) -> Int? {
    guard let isCompressed = assembly?.isCompressed, let size = assembly?.wireSize else {
      preconditionFailure("a data frame has no message to go to")
    }
    // Not their sum: a peer can announce a length that no sum holds.
    let limit = isCompressed ? settings.limits.wire : settings.limits.message
    guard length <= limit - size else { return nil }
    assembly?.wireSize += length
    return assembly?.bytes.count
  }

  /// Reads on in a payload; gives how many bytes it took.
  private mutating func readPayload(
    _ header: WSFrameHeader, _ payload: Payload, _ rest: UnsafeRawBufferPointer
  ) -> Int {
    var payload = payload
    let piece = unsafe UnsafeRawBufferPointer(rebasing: rest.prefix(payload.left))
    payload.left -= piece.count
    if header.opcode.isControl {
      let start = control.count
      unsafe control.append(contentsOf: piece)
      payload.mask?.apply(to: &control, from: start)
    } else if let violation = unsafe takeIn(piece, mask: &payload.mask) {
      fail(violation)
      return piece.count
    }
    if payload.left == 0 {
      complete(header, payload)
    } else {
      reading = .payload(header, payload)
    }
    return piece.count
  }

  /// Adds the next bytes of a data frame to its message.
  private mutating func takeIn(
    _ piece: UnsafeRawBufferPointer, mask: inout PayloadMask?
  ) -> WSViolation? {
    guard var message = take(&assembly) else {
      preconditionFailure("a data frame has no message to go to")
    }
    defer { assembly = message }
    guard message.isCompressed else {
      return unsafe message.append(piece, mask: &mask) ? nil : .notUTF8("a text message")
    }
    var bytes = unsafe Array(piece)
    mask?.apply(to: &bytes)
    return unsafe bytes.withUnsafeBytes { unsafe inflate($0, onto: &message) }
  }

  private mutating func inflate(
    _ piece: UnsafeRawBufferPointer, onto message: inout MessageAssembly
  ) -> WSViolation? {
    guard inflater != nil else {
      return WSViolation(
        code: .internalError, description: "no memory is left to inflate a message")
    }
    return unsafe inflater?.inflate(piece, onto: &message)
  }

  private mutating func complete(_ header: WSFrameHeader, _ payload: Payload) {
    reading = .header([])
    if header.opcode.isControl {
      if settings.recordsFrames {
        events.append(.received(WSFrameRecord(header, payload: control[...])))
      }
      completeControl(header.opcode)
    } else {
      completeData(header, payload)
    }
  }

  private mutating func completeData(_ header: WSFrameHeader, _ payload: Payload) {
    guard var message = take(&assembly) else {
      preconditionFailure("a data frame has no message to go to")
    }
    var violation: WSViolation?
    if header.isFinal && message.isCompressed { violation = inflater?.finish(onto: &message) }
    if settings.recordsFrames {
      events.append(
        .received(
          WSFrameRecord(
            header, payload: message.bytes[payload.start...], isCompressed: message.isCompressed)))
    }
    if let violation { return fail(violation) }
    guard header.isFinal else {
      assembly = message
      return
    }
    guard message.isWhole else { return fail(.notUTF8("the end of a text message")) }
    events.append(
      .message(
        message.isText
          ? .text(String(decoding: message.bytes, as: UTF8.self)) : .binary(message.bytes)))
  }

  private mutating func completeControl(_ opcode: WSOpcode) {
    switch opcode {
    case .ping:
      events.append(.ping(control))
      if settings.answersPings { answerPing(control) }
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
      if settings.answersClose { close(nil) }
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
    if settings.answersClose { close(code) }
  }

  private mutating func fail(_ violation: WSViolation) {
    reading = .ended
    assembly = nil
    events.append(.failed(violation))
    close(violation.code)
  }
}

/// Takes a value out of its place, so that it can be changed without a copy.
private func take<Value>(_ place: inout Value?) -> Value? {
  defer { place = nil }
  return place
}
