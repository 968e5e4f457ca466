package import NIOCore

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The two directions of a connection that has left HTTP.
package final class ByteStream: Sendable {
  /// What comes in.
  package enum Event: Sendable {
    /// Bytes, in order.
    case bytes(Bytes)
    /// Whether what is written leaves, or piles up because the peer does not read.
    case writability(Bool)
    /// The connection is gone, and nothing follows.
    case ended(End)
  }

  /// How a connection went.
  package enum End: Sendable, Hashable {
    /// The peer closed it in good order, or this side did.
    case orderly
    /// The peer reset it.
    case reset
    /// It broke in another way.
    case broken(String)
  }

  private let channel: any Channel
  private let handler: NIOLoopBound<UpgradeHandler>

  init(channel: any Channel, handler: UpgradeHandler) {
    self.channel = channel
    self.handler = NIOLoopBound(handler, eventLoop: channel.eventLoop)
  }

  /// Takes a channel on which there is no HTTP; to be called on its event loop, before it reads.
  package convenience init(of channel: any Channel) throws {
    let handler = UpgradeHandler()
    try channel.pipeline.syncOperations.addHandler(handler)
    self.init(channel: channel, handler: handler)
  }

  /// Hands what has come and what will come to the receiver, on one thread, in order.
  ///
  /// Until then everything is kept: the first bytes often come along with the answer to the upgrade.
  package func start(_ receive: @escaping @Sendable (Event) -> Void) {
    channel.eventLoop.execute { [self] in
      if channel is any SocketOptionProvider {
        // A long message comes in fewer pieces: NIO would read 64 KiB at a time.
        let sizes = AdaptiveRecvByteBufferAllocator(minimum: 64, initial: 2_048, maximum: 256 << 10)
        _ = channel.setOption(.recvAllocator, value: sizes)
      }
      handler.value.start(receive)
    }
  }

  /// Runs tasks on the thread of the connection; whoever has it run a task must keep it until the task has ended.
  package func executor() -> ConnectionExecutor { ConnectionExecutor(channel.eventLoop) }

  /// Sends bytes; calls that come one after the other keep their order, from any thread.
  package func write(_ bytes: [UInt8]) {
    // Also on the event loop itself, where a direct write would overtake one that waits there.
    channel.eventLoop.execute { self.handler.value.write(bytes) }
  }

  /// Sends bytes, and tells on the connection's thread when the operating system has them; false when the connection
  /// is gone.
  package func send(_ bytes: [UInt8], _ sent: @escaping @Sendable (Bool) -> Void) {
    let promise = channel.eventLoop.makePromise(of: Void.self)
    promise.futureResult.whenComplete { result in
      switch result {
      case .success: sent(true)
      case .failure: sent(false)
      }
    }
    channel.eventLoop.execute { self.handler.value.write(bytes, promise: promise) }
  }

  /// Sends bytes, and waits until the operating system has them; false when the connection is gone.
  ///
  /// It has no deadline: for scripts that end with the connection.
  package func send(_ bytes: [UInt8]) async -> Bool {
    await withCheckedContinuation { continuation in
      send(bytes) { continuation.resume(returning: $0) }
    }
  }

  /// Stops taking in what the peer sends, or goes on: meanwhile the peer finds no room.
  package func setReading(_ isReading: Bool) {
    // What has come must be read for the end of the connection to be heard.
    channel.setOption(.autoRead, value: isReading).whenSuccess { [channel] in
      if isReading { channel.read() }
    }
  }

  /// Ends this side of the connection, once all that was written has left; the peer's side goes on.
  package func closeOutput() {
    channel.eventLoop.execute { [channel] in channel.close(mode: .output, promise: nil) }
  }

  /// Resets the connection: what is on its way is lost, and the peer is told so.
  package func reset() {
    channel.eventLoop.execute { [channel] in
      if let memory = channel as? MemoryChannel { return memory.reset() }
      // A TCP socket that lingers for no time resets its connection when it is closed; a Unix socket cannot, and
      // is closed in good order.
      guard let socket = channel as? any SocketOptionProvider else {
        preconditionFailure("a channel over a socket has no socket options")
      }
      if channel.localAddress?.protocol == .unix { return self.leave() }
      socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in
        channel.closeSocket()
      }
    }
  }

  /// Closes the connection, once what was written before has been tried; what a slow peer leaves no room for
  /// is dropped.
  package func close() {
    channel.eventLoop.execute { self.leave() }
  }

  private func leave() {
    handler.value.leave()
    channel.closeAtOnce()
  }

  /// Waits until the socket is closed.
  package func closed() async {
    await withCheckedContinuation { continuation in
      channel.closeFuture.whenComplete { _ in continuation.resume() }
    }
  }
}
