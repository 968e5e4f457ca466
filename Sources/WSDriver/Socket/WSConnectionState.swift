import HTTPDriver
import HarnessWebSocket
import Waiters

/// What a connection has come to: decides what goes to the inbox, and when the connection is left.
struct WSConnectionState: ~Copyable {
  /// What the shell is to do.
  enum News: Sendable {
    case deliver(WSParcel)
    case control(WSConnection.Control)
    /// No message follows.
    case end
    /// Nothing more is to be said on the connection.
    case leave
  }

  /// How many pings are remembered that nobody has asked for.
  private static let pingLimit = 100
  /// How many messages may lie here that no wait has taken, however short they are.
  private static let unreadLimit = 500_000

  var core: WSProtocol
  private(set) var transcript: WSTranscript
  private(set) var closure: WSClosure?
  private let side: WSRole
  private let inboxLimit: Int
  /// Bytes of messages that no wait has taken.
  private var unread = 0
  /// How many they are.
  private var unreadCount = 0
  /// How many messages waits have taken.
  private(set) var takenCount = 0
  private var firstCloser: WSRole?
  /// Whether this side has ended the connection.
  var isLeft = false
  /// Whether the stream has room for more.
  private var isWritable = true
  /// What is sent while somebody sends a frame in pieces; nil while nobody does.
  private var held: [UInt8]?
  private var holders = 0
  /// Whether the connection is to be left when nothing is held any more.
  private var isLeaveDue = false
  /// Counts the pings of this side, whose payload has the number.
  private var pingCount: UInt64 = 0
  /// The payloads of pings whose answer somebody waits for, the oldest first.
  private var barriers: [[UInt8]] = []
  private var pings: [[UInt8]] = []
  private var pingWaits = 0

  init(_ context: WSContext, _ options: WSOptions) {
    var settings = WSProtocol.Settings()
    settings.limits = options.limits
    settings.deflate = context.deflate
    settings.answersPings = options.behaviour.answersPings
    settings.answersClose = options.behaviour.answersClose
    core = WSProtocol(context.role, settings)
    side = context.role
    inboxLimit = options.inboxLimit
    transcript = WSTranscript(start: .now)
  }

  /// Takes in what has come of the protocol; gives what to do, and the bytes to send.
  mutating func settle(at now: ContinuousClock.Instant) -> (news: [News], output: [UInt8]) {
    let (events, output) = core.takeResults()
    var news: [News] = []
    for event in events { take(event, at: now, &news) }
    if held == nil, isLeaveDue {
      isLeaveDue = false
      news.append(.leave)
    }
    guard unread > inboxLimit || unreadCount > Self.unreadLimit, closure == nil else {
      return (news, output)
    }
    return (news + overflow(at: now), output + core.takeResults().output)
  }

  private mutating func take(
    _ event: WSProtocol.Event, at now: ContinuousClock.Instant, _ news: inout [News]
  ) {
    switch event {
    case .received(let frame): transcript.received(frame, at: now)
    case .sent(let frame):
      transcript.sent(frame, at: now)
      if frame.opcode == .close, firstCloser == nil { firstCloser = side }
    case .message(let message):
      guard closure == nil else { return }
      unread += message.size
      unreadCount += 1
      news.append(.deliver(WSParcel(message, at: now)))
    case .ping(let payload):
      if pingWaits > 0 {
        pingWaits -= 1
        news.append(.control(.ping(payload)))
      } else {
        if pings.count == Self.pingLimit { pings.removeFirst() }
        pings.append(payload)
      }
    case .pong(let payload):
      // It answers the pings before it too (RFC 6455, section 5.5.3).
      guard let answered = barriers.firstIndex(of: payload) else { return }
      news += barriers[...answered].map { .control(.pong($0)) }
      barriers.removeSubrange(...answered)
    case .closed(let code, let reason):
      if firstCloser == nil { firstCloser = side.peer }
      guard closure == nil else { return }
      closure = WSClosure(
        code: code, reason: reason, cause: .closeFrame, closedBy: firstCloser,
        isClean: core.hasSentClose, side: side)
      // The server is the first to leave (RFC 6455, section 7.1.1).
      news.append(.end)
      if side == .server && core.hasSentClose { leave(&news) }
    case .failed(let violation):
      transcript.note("\(violation)", at: now)
      guard closure == nil else { return }
      closure = WSClosure(
        code: violation.code, cause: .violation(violation.description),
        closedBy: firstCloser ?? side, side: side)
      news.append(.end)
      leave(&news)
    }
  }

  /// Leaves the connection, once the last word is on its way.
  private mutating func leave(_ news: inout [News]) {
    if held == nil { news.append(.leave) } else { isLeaveDue = true }
  }

  private mutating func overflow(at now: ContinuousClock.Instant) -> [News] {
    let amount = unread > inboxLimit ? "\(byteCount(unread)) of" : "\(unreadCount)"
    let what = "\(amount) messages lie here that no wait has taken"
    transcript.note(what, at: now)
    closure = WSClosure(
      code: .policyViolation, cause: .overflow(what), closedBy: firstCloser ?? side, side: side)
    core.close(.policyViolation, reason: "too much unread")
    var news: [News] = [.end]
    leave(&news)
    return news
  }

  /// Keeps how the stream ended.
  mutating func ended(_ end: ByteStream.End, at now: ContinuousClock.Instant) {
    let cause: WSClosure.Cause
    switch end {
    case .orderly:
      cause = .connectionClosed
      transcript.note("connection closed", at: now)
    case .reset:
      cause = .connectionReset
      transcript.note("connection reset", at: now)
    case .broken(let how):
      cause = .connectionBroken(how)
      transcript.note("connection broken: \(how)", at: now)
    }
    if closure == nil {
      closure = WSClosure(
        code: .abnormalClosure, cause: cause, closedBy: firstCloser, isLeftHere: isLeft, side: side)
    }
  }

  /// Lets bytes leave, or holds them back while a frame is sent in pieces.
  mutating func write(_ bytes: [UInt8], to stream: ByteStream) {
    if held != nil { held? += bytes } else { stream.write(bytes) }
  }

  /// From now on nothing leaves but by the hand of who sends in pieces.
  mutating func beginHold() {
    holders += 1
    if held == nil { held = [] }
    settleCongestion()
  }

  /// The last of those who send in pieces lets what was held back leave.
  mutating func endHold(to stream: ByteStream) {
    holders -= 1
    guard holders == 0, let held else { return }
    self.held = nil
    if !held.isEmpty { stream.write(held) }
    settleCongestion()
  }

  mutating func setWritable(_ isWritable: Bool) {
    self.isWritable = isWritable
    settleCongestion()
  }

  /// While nothing leaves, the answers to pings do not pile up.
  private mutating func settleCongestion() {
    core.setCongested(!isWritable || held != nil)
  }

  mutating func note(_ text: String, at now: ContinuousClock.Instant) {
    transcript.note(text, at: now)
  }

  mutating func taken(_ message: WSMessage) {
    unread -= message.size
    unreadCount -= 1
    takenCount += 1
  }

  /// Sends a ping whose answer somebody waits for; gives its payload, or nil when this side has closed.
  mutating func raiseBarrier() -> [UInt8]? {
    pingCount += 1
    let payload = Array("harness-\(pingCount)".utf8)
    guard core.ping(payload) else { return nil }
    barriers.append(payload)
    return payload
  }

  mutating func awaitPong(_ payload: [UInt8]) {
    barriers.append(payload)
  }

  mutating func dropBarrier(_ payload: [UInt8]) {
    barriers.removeAll { $0 == payload }
  }

  mutating func takePing() -> [UInt8]? {
    if !pings.isEmpty { return pings.removeFirst() }
    pingWaits += 1
    return nil
  }

  mutating func forgoPing() {
    if pingWaits > 0 { pingWaits -= 1 }
  }
}
