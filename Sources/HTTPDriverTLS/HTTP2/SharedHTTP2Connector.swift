#if TLS
  import HTTPDriver
  import HarnessLock
  import NIOCore

  /// Opens streams on one HTTP/2 connection, which the first of them makes.
  final class SharedHTTP2Connector: Connector {
    private struct Waiter {
      let watch: ServiceWatch
      let opened: @Sendable (any Channel) -> Void
      let connected: @Sendable (Result<any Channel, any Error>) -> Void
    }

    private enum State {
      case idle
      case connecting([Waiter])
      case open(any Channel, NIOLoopBound<HTTP2Session>)
      case closed
    }

    private let base: HTTP2Connector
    private let state = Lock((state: State.idle, channels: [any Channel]()))
    /// Those who wait for the connection.
    private var waiters: [Waiter] {
      state.withLock { shared in
        if case .connecting(let waiters) = shared.state { waiters } else { [] }
      }
    }

    init(_ base: HTTP2Connector) {
      self.base = base
    }

    var place: String { base.place }

    func connect(
      watch: ServiceWatch, opened: @escaping @Sendable (any Channel) -> Void,
      connected: @escaping @Sendable (Result<any Channel, any Error>) -> Void
    ) {
      let waiter = Waiter(watch: watch, opened: opened, connected: connected)
      enum Action { case connect, wait, open(any Channel, NIOLoopBound<HTTP2Session>), refuse }
      let action = state.withLock { shared -> Action in
        switch shared.state {
        case .idle:
          shared.state = .connecting([waiter])
          return .connect
        case .connecting(let waiters):
          shared.state = .connecting(waiters + [waiter])
          return .wait
        case .open(let channel, let session): return .open(channel, session)
        case .closed: return .refuse
        }
      }
      switch action {
      case .wait: break
      case .connect: begin()
      case .open(let channel, let session):
        channel.eventLoop.execute { self.open(waiter, channel, session) }
      case .refuse: connected(.failure(SharedConnectionGone()))
      }
    }

    /// Closes the connection, after its streams, and turns away who still waits for it.
    func close() async {
      let (waiters, channels) = state.withLock { shared in
        var waiters: [Waiter] = []
        if case .connecting(let left) = shared.state { waiters = left }
        shared.state = .closed
        return (waiters, shared.channels)
      }
      for waiter in waiters { waiter.connected(.failure(SharedConnectionGone())) }
      for channel in channels { channel.close(promise: nil) }
      for channel in channels {
        await withCheckedContinuation { continuation in
          channel.closeFuture.whenComplete { _ in continuation.resume() }
        }
      }
    }

    private func begin() {
      // What the service in memory does for one stream is nothing to the others; that it takes its time is.
      var watch = ServiceWatch()
      watch.negotiates = { step in for waiter in self.waiters { waiter.watch.negotiates(step) } }
      base.inner.connect(
        watch: watch, opened: { self.opened($0) },
        connected: { result in
          do {
            let channel = try result.get()
            let session = NIOLoopBound(
              try HTTP2Session.begin(on: channel, scheme: self.base.scheme),
              eventLoop: channel.eventLoop)
            for waiter in self.settle(.open(channel, session)) {
              self.open(waiter, channel, session)
            }
          } catch {
            if case .success(let channel) = result { channel.close(promise: nil) }
            for waiter in self.settle(.idle) { waiter.connected(.failure(error)) }
          }
        })
    }

    /// Takes in a channel that is tried; one that comes after the end is nobody's.
    private func opened(_ channel: any Channel) {
      let isLate = state.withLock { shared in
        if case .closed = shared.state { return true }
        shared.channels.append(channel)
        return false
      }
      if isLate { channel.close(promise: nil) }
    }

    private func settle(_ state: State) -> [Waiter] {
      self.state.withLock { shared in
        guard case .connecting(let waiters) = shared.state else { return [] }
        shared.state = state
        return waiters
      }
    }

    private func open(
      _ waiter: Waiter, _ channel: any Channel, _ session: NIOLoopBound<HTTP2Session>
    ) {
      let fault = { @Sendable (error: any Error) -> any Error in
        let isOver = self.state.withLock { if case .closed = $0.state { true } else { false } }
        return isOver ? SharedConnectionGone() : SharedConnectionEnded(of: error)
      }
      // A stream may still be opened on a connection that is about to end, and would get no answer.
      guard channel.isActive, session.value.ending == nil else {
        return waiter.connected(
          .failure(fault(session.value.ending ?? ChannelError.ioOnClosedChannel)))
      }
      session.value.open(
        scheme: base.scheme, opened: waiter.opened,
        connected: { waiter.connected($0.mapError(fault)) }, on: channel)
    }
  }

  /// No stream can be opened any more: the connection that the exchanges share has ended before.
  struct SharedConnectionEnded: DescribedFault {
    let code: HTTPExchangeError.Code
    let reason: String

    /// - Parameter error: Why it ended; one that is none of HTTP/2's where the server closed it without a word.
    init(of error: any Error) {
      let known = error as? HTTP2Fault
      code = known?.code ?? .connectionClosed
      reason = """
        the connection that the exchanges share has ended, and is not made again: \
        \(known?.reason ?? "the server closed the connection")
        """
    }
  }

  /// The scope that owned the connection is over.
  struct SharedConnectionGone: DescribedFault {
    var code: HTTPExchangeError.Code { .misuse }
    var reason: String { "the scope of withHTTP2Connection, which owned the connection, is over" }
  }
#endif
