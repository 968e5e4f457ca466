import HTTPDriver
import HarnessLock
import HarnessReporting
import Waiters

/// The shell of a WebSocket: feeds the protocol with what the stream brings, and the inbox with messages.
final class WSConnection: Sendable {
  /// What waits look for.
  enum Inbound: Sendable {
    case message(WSMessage)
    /// The answer to a ping of this side.
    case pong([UInt8])
    /// The last one: no message follows.
    case ended
  }

  fileprivate struct State {
    var core: WSProtocol
    var transcript: WSTranscript
    var closure: WSClosure?
    /// Counts the pings, whose payload has the number.
    var pings: UInt64 = 0
    /// The payloads of pings whose answer somebody waits for.
    var barriers: Set<[UInt8]> = []
  }

  let inbox: Mailbox<Inbound>
  let handshake: HTTPExchange
  private let stream: ByteStream
  private let state: Lock<State>
  private let gone: Signal<Void>

  init(_ stream: ByteStream, handshake: HTTPExchange, messageLimit: Int) {
    self.stream = stream
    self.handshake = handshake
    inbox = Mailbox("WebSocket")
    gone = Signal("end of the WebSocket")
    state = Lock(
      State(
        core: WSProtocol(role: .client, messageLimit: messageLimit),
        transcript: WSTranscript(start: .now)))
  }

  /// Begins to take in what the stream brings, and what it has kept since the handshake.
  func start() {
    stream.start { [self] event in
      switch event {
      case .bytes(let bytes): update { $0.receive(bytes) }
      case .ended(let end): ended(end)
      }
    }
  }

  /// How the connection ended; nil while it is open.
  var closure: WSClosure? { state.withLock { $0.closure } }

  /// Whether this side has sent a close frame.
  var hasSentClose: Bool { state.withLock { $0.core.hasSentClose } }

  /// What has been sent and received so far.
  var transcript: WSTranscript { state.withLock { $0.transcript } }

  /// Sends a message; false when this side has closed.
  func send(_ message: WSMessage) -> Bool {
    update { $0.send(message) }
  }

  /// Sends a ping whose answer comes into the inbox; gives its payload, or nil when this side has closed.
  func raiseBarrier() -> [UInt8]? {
    let payload = state.withLock { state in
      state.pings += 1
      let payload = Array("harness-\(state.pings)".utf8)
      state.barriers.insert(payload)
      return payload
    }
    return update { $0.ping(payload) } ? payload : nil
  }

  /// Forgets a ping that nobody waits for any more.
  func dropBarrier(_ payload: [UInt8]) {
    state.withLock { _ = $0.barriers.remove(payload) }
  }

  /// Sends a close frame, unless one has been sent.
  func close(_ code: WSCloseCode?, reason: String) {
    update { $0.close(code, reason: reason) }
  }

  /// Ends the connection: in good order with a close frame each way, or at once.
  ///
  /// The peer has two seconds for its part. A peer that does nothing is no failure of the test, unless the
  /// test asks by `expectClose`.
  func finish(inGoodOrder: Bool) async {
    close(inGoodOrder ? .normalClosure : .goingAway, reason: "")
    if inGoodOrder { _ = await gone.outcome(within: .seconds(2)) }
    stream.close()
    await stream.closed()
  }

  @discardableResult
  private func update<R>(_ change: (inout WSProtocol) -> R) -> R {
    let (result, events) = state.withLock { state in
      let result = change(&state.core)
      let (events, output) = state.core.takeResults()
      let now = ContinuousClock.now
      for event in events { state.take(event, at: now) }
      // Under the lock, so that frames leave in the order in which they were made.
      if !output.isEmpty { stream.write(output) }
      return (result, events)
    }
    for event in events { deliver(event) }
    return result
  }

  private func deliver(_ event: WSProtocol.Event) {
    switch event {
    case .received, .sent: break
    case .message(let message): inbox.send(.message(message))
    case .pong(let payload):
      let isAwaited = state.withLock { $0.barriers.remove(payload) != nil }
      if isAwaited { inbox.send(.pong(payload)) }
    case .closed: endInbox()
    case .failed:
      endInbox()
      stream.close()
    }
  }

  private func ended(_ end: ByteStream.End) {
    state.withLock { state in
      let now = ContinuousClock.now
      let cause: WSClosure.Cause
      switch end {
      case .orderly:
        cause = .connectionClosed
        state.transcript.note("connection closed", at: now)
      case .reset:
        cause = .connectionReset
        state.transcript.note("connection reset", at: now)
      case .broken(let how):
        cause = .connectionBroken(how)
        state.transcript.note("connection broken: \(how)", at: now)
      }
      if state.closure == nil {
        state.closure = WSClosure(code: .abnormalClosure, reason: "", cause: cause)
      }
    }
    endInbox()
    gone.send()
  }

  private func endInbox() {
    inbox.send(.ended)
    inbox.close()
  }
}

extension WSConnection.State {
  /// Keeps what an event tells.
  fileprivate mutating func take(_ event: WSProtocol.Event, at now: ContinuousClock.Instant) {
    switch event {
    case .received(let frame): transcript.received(frame, at: now)
    case .sent(let frame): transcript.sent(frame, at: now)
    case .message, .pong: break
    case .closed(let code, let reason):
      closure = WSClosure(code: code, reason: reason, cause: .closeFrame)
    case .failed(let violation):
      transcript.note("\(violation)", at: now)
      closure = WSClosure(
        code: violation.code, reason: "", cause: .violation(violation.description))
    }
  }
}
