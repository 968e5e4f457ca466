import HarnessLock
import NIOCore

/// One exchange over a connection of a pool: chooses the connection, and chooses again where the server had closed it.
final class PooledExchange: ExchangeConnection {
  private struct State {
    /// The channels that are neither closed nor back in the pool; more than one while several addresses of a host are
    /// tried, and where a request is sent again.
    var held: Set<ObjectIdentifier> = []
    /// The one that became a connection of the pool, which closes it.
    var pooled: ObjectIdentifier?
    /// Those who wait until none is held.
    var waiters: [CheckedContinuation<Void, Never>] = []
    var repeatedAfter: Int?
  }

  let run: ExchangeRun
  let sender: RequestSender
  private let pool: ConnectionPool
  private let state = Lock(State())

  init(run: ExchangeRun, pool: ConnectionPool) {
    self.run = run
    self.pool = pool
    sender = RequestSender(run: run)
  }

  /// The connection on which the request was sent in vain.
  var repeatedAfter: Int? { state.withLock { $0.repeatedAfter } }

  /// Chooses a connection, and sends the request over it.
  func start() {
    switch pool.take() {
    case .open: open()
    case .refuse: run.update { $0.broke(.misuse, ConnectionPool.isOver) }
    case .reuse(let connection):
      let id = ObjectIdentifier(connection.channel)
      state.withLock { _ = $0.held.insert(id) }
      connection.channel.eventLoop.execute { [self] in
        if connection.handler.value.begin(self) { return }
        // Gone while it was being taken: nothing was sent.
        start()
        release(id)
      }
    }
  }

  private func open() {
    let relay = WatchRelay(run)
    pool.connector.connect(
      watch: relay.makeWatch(), opened: { self.opened($0) },
      connected: { result in
        relay.run = nil
        switch result {
        case .success(let channel): self.connected(channel, relay)
        case .failure(let error):
          let (code, reason) = ConnectionFault.ofConnecting(error, self.pool.connector.place)
          self.run.update { $0.broke(code, reason) }
        }
      })
  }

  private func opened(_ channel: any Channel) {
    let id = ObjectIdentifier(channel)
    state.withLock { _ = $0.held.insert(id) }
    // The connection may live longer than the exchange, and must not keep what that has brought.
    channel.closeFuture.whenComplete { [weak self] _ in self?.release(id) }
    run.whenEnded { [self] in
      if state.withLock({ $0.pooled != id }) { channel.close(promise: nil) }
    }
  }

  private func connected(_ channel: any Channel, _ relay: WatchRelay) {
    do {
      guard let handler = try PooledHandler.furnish(channel, for: pool, relay: relay) else {
        channel.close(promise: nil)
        return run.update { $0.broke(.misuse, ConnectionPool.isOver) }
      }
      state.withLock { $0.pooled = ObjectIdentifier(channel) }
      if handler.begin(self) { return }
      run.update { $0.closed() }
    } catch {
      run.update { $0.broke(.connectionFailed, "\(error)") }
    }
  }

  /// The connection is gone before the exchange has ended.
  ///
  /// `kept` is its number where it had carried so many exchanges before, and no byte of an answer came: the server may
  /// have closed it before it saw the request.
  func lost(_ code: HTTPExchangeError.Code, _ reason: String, kept: Int?, _ exchanges: Int) {
    guard let kept else {
      return run.update { assembly in
        if code == .responseCutOff { assembly.closed(reason) } else { assembly.broke(code, reason) }
      }
    }
    if let objection = RepeatRule.objection(to: run.plan) {
      let isReset = code == .connectionReset
      run.update {
        $0.broke(
          isReset ? .connectionReset : .connectionClosed,
          """
          the server \(isReset ? "reset" : "closed") connection \(kept), which was kept \
          \(exchanges == 0 ? "and had carried nothing" : "after \(exchangeCount(exchanges))"); \(objection)
          """)
      }
    } else if run.update({ $0.beginsAgain() }) {
      state.withLock { $0.repeatedAfter = kept }
      open()
    }
  }

  /// The channel is back in the pool, or closed.
  func released(_ channel: any Channel) {
    release(ObjectIdentifier(channel))
  }

  private func release(_ id: ObjectIdentifier) {
    let waiters = state.withLock { state in
      state.held.remove(id)
      guard state.held.isEmpty else { return [CheckedContinuation<Void, Never>]() }
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.resume() }
  }

  func closed() async {
    await withCheckedContinuation { continuation in
      let isClosed = state.withLock { state in
        if !state.held.isEmpty { state.waiters.append(continuation) }
        return state.held.isEmpty
      }
      if isClosed { continuation.resume() }
    }
  }

  func takeStream() -> ByteStream? { nil }
}

/// Hears of a service on behalf of the exchange that its connection carries.
///
/// What a request's handler does is told of its own exchange, also when the connection carries the next one: a request
/// comes while its exchange goes on, and the handler may end after it.
final class WatchRelay: Sendable {
  private let state: Lock<ExchangeRun?>

  init(_ run: ExchangeRun) {
    state = Lock(run)
  }

  /// The exchange that the connection carries.
  var run: ExchangeRun? {
    get { state.withLock { $0 } }
    set { state.withLock { $0 = newValue } }
  }

  /// What the connection is made with.
  func makeWatch() -> ServiceWatch {
    var watch = ServiceWatch()
    watch.negotiates = { step in self.run?.makeWatch().negotiates(step) }
    watch.ofRequest = { self.makeRequestWatch() }
    return watch
  }

  private func makeRequestWatch() -> ServiceWatch {
    var watch = ServiceWatch()
    guard let whole = run?.makeWatch() else { return watch }
    watch.failed = whole.failed
    watch.threw = whole.threw
    return watch
  }
}
