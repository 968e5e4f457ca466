import HarnessLock
import NIOCore

/// The connections that the exchanges of one scope share, one after the other; the shell of ``IdleConnections``.
final class ConnectionPool: Sendable {
  /// What carries the next exchange.
  enum Choice {
    case reuse(PooledConnection)
    case open
    case refuse
  }

  private struct State {
    var idle: IdleConnections
    /// All that are not closed, idle or not, by their numbers.
    var open: [Int: PooledConnection] = [:]
    /// Connections that have stood so far.
    var count = 0
    var late: [LateBytes] = []
    var lateCount = 0
  }

  let connector: any Connector
  /// Whether the service runs in this process, and is heard of.
  let hearsService: Bool
  private let state: Lock<State>

  init(_ connector: any Connector, hearsService: Bool, limit: Int, timeout: Duration) {
    self.connector = connector
    self.hearsService = hearsService
    state = Lock(State(idle: IdleConnections(limit: limit, timeout: timeout)))
  }

  /// Chooses what carries the next exchange.
  func take() -> Choice {
    let now = ContinuousClock.now
    let (choice, expired) = state.withLock { state -> (Choice, [PooledConnection]) in
      let (choice, numbers) = state.idle.take(at: now)
      let expired = numbers.compactMap { state.open[$0] }
      switch choice {
      case .open: return (.open, expired)
      case .refuse: return (.refuse, expired)
      case .reuse(let number):
        guard let connection = state.open[number] else {
          preconditionFailure("the idle connection \(number) is not open")
        }
        return (.reuse(connection), expired)
      }
    }
    for connection in expired { connection.close() }
    return choice
  }

  /// Takes in a connection that stands; nil when the pool is closed.
  func add(_ channel: any Channel, _ handler: PooledHandler) -> PooledConnection? {
    state.withLock { state in
      guard !state.idle.isClosed else { return nil }
      state.count += 1
      let connection = PooledConnection(number: state.count, channel: channel, handler: handler)
      state.open[state.count] = connection
      return connection
    }
  }

  /// Takes back a connection that may carry another exchange; it may be closed instead.
  func park(_ connection: PooledConnection) {
    let now = ContinuousClock.now
    let closing = state.withLock { state in
      state.idle.park(connection.number, at: now).compactMap { state.open[$0] }
    }
    for connection in closing { connection.close() }
  }

  /// A connection is about to close, and carries nothing more.
  func lost(_ number: Int) {
    state.withLock { $0.idle.lost(number) }
  }

  /// A connection is closed.
  func gone(_ number: Int) {
    state.withLock { state in
      state.idle.lost(number)
      state.open[number] = nil
    }
  }

  /// The server sent bytes that nobody asked for.
  func received(_ late: LateBytes) {
    state.withLock { state in
      state.lateCount += 1
      if state.late.count < LateBytes.limit { state.late.append(late) }
    }
  }

  /// What the server sent that nobody asked for, in words; nil where it sent nothing of that kind.
  var lateBytes: String? {
    let (late, count) = state.withLock { ($0.late, $0.lateCount) }
    return LateBytes.text(late, of: count)
  }

  /// All that are not closed, idle or not.
  var connections: [PooledConnection] { state.withLock { Array($0.open.values) } }

  /// Closes every connection, idle or not, and waits until all are closed; nothing is kept any more.
  func close() async {
    state.withLock { $0.idle.close() }
    let left = connections
    for connection in left { connection.end() }
    for connection in left { await connection.closed() }
  }
}

/// One connection of a pool, as other threads know it.
final class PooledConnection: Sendable {
  let number: Int
  let channel: any Channel
  let handler: NIOLoopBound<PooledHandler>

  /// To be made on the channel's event loop.
  init(number: Int, channel: any Channel, handler: PooledHandler) {
    self.number = number
    self.channel = channel
    self.handler = NIOLoopBound(handler, eventLoop: channel.eventLoop)
  }

  /// Closes a connection that carries nothing.
  func close() {
    channel.close(promise: nil)
  }

  /// Waits until it is closed.
  func closed() async {
    await withCheckedContinuation { continuation in
      channel.closeFuture.whenComplete { _ in continuation.resume() }
    }
  }

  /// Closes the connection, and ends the exchange that it carries.
  func end() {
    channel.eventLoop.execute { self.handler.value.scopeEnded() }
  }
}
