import HTTPDriver
import HarnessLock
import HarnessWebSocket
import Waiters

/// The shell of a WebSocket: feeds the protocol with what the stream brings, and the inbox with messages.
final class WSConnection: Sendable {
  /// What waits for messages look for.
  enum Inbound: Sendable {
    case message(WSParcel)
    /// The last one: no message follows.
    case ended
  }

  /// What waits for control frames look for: apart from the messages, where a wait for several would claim them.
  enum Control: Sendable {
    /// A ping of the peer that somebody waits for.
    case ping([UInt8])
    /// The answer to a ping of this side, or to a later one.
    case pong([UInt8])
    /// The last one.
    case ended
  }

  let inbox: Mailbox<Inbound>
  let controls: Mailbox<Control>
  let context: WSContext
  let stream: ByteStream
  let thread: WSThread
  private let state: Lock<WSConnectionState>
  private let gone: Signal<Void>

  init(_ stream: ByteStream, _ context: WSContext, _ options: WSOptions) {
    self.stream = stream
    self.context = context
    thread = options.thread
    inbox = Mailbox("WebSocket")
    controls = Mailbox("WebSocket, control frames")
    gone = Signal("end of the WebSocket")
    state = Lock(WSConnectionState(context, options))
  }

  /// Begins to take in what the stream brings, and what it has kept since the handshake.
  func start() {
    stream.start { [self] event in take(event) }
  }

  /// Takes in what the stream brings.
  func take(_ event: ByteStream.Event) {
    switch event {
    case .bytes(let bytes):
      unsafe bytes.withUnsafeBytes { bytes in update { unsafe $0.receive(bytes) } }
    case .writability(let isWritable): settle { $0.setWritable(isWritable) }
    case .ended(let end):
      state.withLock { $0.ended(end, at: .now) }
      endInbox()
      gone.send()
    }
  }

  /// How the connection ended; nil while it is open.
  var closure: WSClosure? { state.withLock { $0.closure } }

  /// How many messages waits have taken.
  var takenCount: Int { state.withLock { $0.takenCount } }

  /// What has been sent and received so far.
  var transcript: WSTranscript { state.withLock { $0.transcript } }

  /// Sends a message; false when this side has closed.
  func send(_ message: WSMessage) -> Bool {
    update { $0.send(message) }
  }

  /// Sends a frame as it is.
  func send(_ frame: WSFrame) {
    send([frame])
  }

  /// Sends frames as they are, in one write.
  func send(_ frames: [WSFrame]) {
    update { core in
      for frame in frames { core.send(frame) }
    }
  }

  /// Sends bytes as they are, which the transcript only counts.
  func send(raw bytes: [UInt8]) {
    state.withLock { state in
      state.note("\(byteCount(bytes.count)) of the test's own", at: .now)
      state.write(bytes, to: stream)
    }
  }

  /// Sends bytes in pieces, each when the one before it has left; what else is sent meanwhile leaves behind them.
  ///
  /// False when the connection ended, the deadline passed or the task was cancelled before all had left.
  func send(raw bytes: [UInt8], inPiecesOf size: Int, within duration: Duration?) async -> Bool {
    state.withLock { $0.beginHold() }
    defer { settle { $0.endHold(to: stream) } }
    let deadline = Deadline.effective(within: duration)
    var rest = bytes[...]
    while !rest.isEmpty {
      let piece = rest.prefix(max(size, 1))
      let sent = Signal<Bool>("a piece of a frame")
      stream.send(Array(piece)) { sent.send($0) }
      let outcome = await sent.outcome(within: deadline.remainingBeforeScale)
      guard case .value(true) = outcome else { return false }
      rest = rest.dropFirst(piece.count)
    }
    return true
  }

  /// Puts a line into the transcript.
  func note(_ text: String) {
    state.withLock { $0.note(text, at: .now) }
  }

  /// Sends a ping whose answer comes among the control frames; gives its payload, or nil when this side has closed.
  func raiseBarrier() -> [UInt8]? {
    // Under one lock, so that they stand in the order in which the pings leave.
    settle { $0.raiseBarrier() }
  }

  /// Lets a pong with this payload come among the control frames.
  func awaitPong(_ payload: [UInt8]) {
    state.withLock { $0.awaitPong(payload) }
  }

  /// Forgets a ping that nobody waits for any more.
  func dropBarrier(_ payload: [UInt8]) {
    state.withLock { $0.dropBarrier(payload) }
  }

  /// The payload of the oldest ping that has not been asked for; nil promises that the next one comes among the
  /// control frames.
  func takePing() -> [UInt8]? {
    state.withLock { $0.takePing() }
  }

  /// Does not wait for a ping any more.
  func forgoPing() {
    state.withLock { $0.forgoPing() }
  }

  /// Takes a message out of its parcel: it counts no longer among those that lie here.
  func open(_ parcel: WSParcel) -> WSMessage {
    guard let message = parcel.take() else {
      preconditionFailure("a message was given to two waits")
    }
    state.withLock { $0.taken(message) }
    return message
  }

  /// Sends a close frame, unless one has been sent.
  func close(_ code: WSCloseCode?, reason: String) {
    update { $0.close(code, reason: reason) }
  }

  /// Closes with 1001, and leaves a peer that does not answer after two seconds; waits for nothing.
  func goAway() {
    close(.goingAway, reason: "")
    let deadline = Deadline.effective(within: .seconds(2)).instant
    _ = Watchdog.arm(at: deadline) { [self] in hangUp(.orderly) }
  }

  /// Ends the connection without a close frame.
  func hangUp(_ way: WSSocket.HangUp) {
    state.withLock { $0.isLeft = true }
    switch way {
    case .orderly: stream.close()
    case .reset: stream.reset()
    }
  }

  /// Ends the connection: in good order with a close frame each way, or at once.
  ///
  /// The peer has two seconds for its part. A peer that does nothing is no failure of the test, unless the
  /// test asks by `expectClose`.
  func finish(inGoodOrder: Bool) async {
    close(inGoodOrder ? .normalClosure : .goingAway, reason: "")
    if inGoodOrder { _ = await gone.outcome(within: .seconds(2)) }
    hangUp(.orderly)
    await stream.closed()
  }

  /// Changes the protocol, and carries out what comes of it.
  @discardableResult
  private func update<R>(_ change: (inout WSProtocol) -> R) -> R {
    settle { change(&$0.core) }
  }

  /// Changes the state, and carries out what comes of it.
  private func settle<R>(_ change: (inout WSConnectionState) -> R) -> R {
    let (result, news) = state.withLock { state in
      let result = change(&state)
      let (news, output) = state.settle(at: .now)
      // Under the lock, so that frames leave in the order in which they were made.
      if !output.isEmpty { state.write(output, to: stream) }
      return (result, news)
    }
    for item in news {
      switch item {
      case .deliver(let parcel): inbox.send(.message(parcel))
      case .control(let control): controls.send(control)
      case .end: endInbox()
      case .leave: leave()
      }
    }
    return result
  }

  /// Leaves a connection on which nothing more is to be said, when the peer has had time to hear the last word:
  /// to close at once would reset it where the peer still sends, and its close frame would be lost.
  ///
  /// Source: RFC 6455, section 7.1.1.
  private func leave() {
    stream.closeOutput()
    // The peer has its time also where the test's own is over.
    _ = Watchdog.arm(at: Deadline.scaled(.seconds(2)).instant) { [self] in hangUp(.orderly) }
  }

  private func endInbox() {
    inbox.send(.ended)
    inbox.close()
    controls.send(.ended)
    controls.close()
  }
}
