import HarnessLock
import NIOCore
import NIOPosix

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// One end of a connection in memory, with the room, the order and the endings of a socket.
///
/// What one end flushes waits in the room of the other, until that one reads. When the room is full, the writer's
/// promises wait, so that back pressure is felt as over a network. Both ends live on one event loop.
final class MemoryChannel: Channel, @unchecked Sendable {
  // Safe to send: `core` and `room` are touched on the event loop alone, which NIO's calls of a channel's core
  // promise; what other threads ask for is under the lock.
  let eventLoop: any EventLoop
  let allocator = ByteBufferAllocator()
  let parent: (any Channel)? = nil
  let localAddress: SocketAddress? = nil
  let remoteAddress: SocketAddress?

  private let closePromise: EventLoopPromise<Void>
  private let flags = Lock(Flags())
  private var core = MemoryEnd()
  private var other: MemoryChannel?
  private var isDelivering = false
  // Set once, in `init`, as the pipeline names its channel.
  private var madePipeline: ChannelPipeline?

  private struct Flags {
    var isActive = false
    var isWritable = true
  }

  private init(eventLoop: any EventLoop, remoteAddress: SocketAddress? = nil) {
    self.eventLoop = eventLoop
    self.remoteAddress = remoteAddress
    closePromise = eventLoop.makePromise()
    madePipeline = ChannelPipeline(channel: self)
  }

  /// Two ends that are connected with each other; to be called on the event loop.
  static func pair(on eventLoop: any EventLoop) -> (MemoryChannel, MemoryChannel) {
    let (one, other) = (MemoryChannel(eventLoop: eventLoop), MemoryChannel(eventLoop: eventLoop))
    one.other = other
    other.other = one
    return (one, other)
  }

  /// An end without another: nothing is ever read from it, and writing to it fails.
  ///
  /// It stays open for as long as the process runs, as a promise of NIO must not go away unkept.
  static func leadingNowhere(from remoteAddress: SocketAddress?) -> MemoryChannel {
    MemoryChannel(
      eventLoop: MultiThreadedEventLoopGroup.singleton.next(), remoteAddress: remoteAddress)
  }

  /// Begins to work; `furnish` adds handlers before the first bytes are read.
  ///
  /// It must be open: a channel that was closed before is not to be woken.
  func activate(_ furnish: () -> Void = {}) {
    eventLoop.preconditionInEventLoop()
    precondition(core.isOpen, "a channel in memory was activated after it was closed")
    flags.withLock { $0.isActive = true }
    pipeline.syncOperations.fireChannelRegistered()
    pipeline.syncOperations.fireChannelActive()
    furnish()
    guard isActive else { return }
    if core.readsByItself { pipeline.syncOperations.read() }
  }

  /// Ends the connection as a TCP reset does: what is on its way is lost, and the other end is told so.
  func reset() {
    eventLoop.preconditionInEventLoop()
    core.willReset = true
    closeSocket()
  }

  /// Whether it was not closed yet; to be asked on the event loop.
  var isOpen: Bool {
    eventLoop.preconditionInEventLoop()
    return core.isOpen
  }

  var closeFuture: EventLoopFuture<Void> { closePromise.futureResult }
  var isActive: Bool { flags.withLock { $0.isActive } }
  var isWritable: Bool { flags.withLock { $0.isWritable } }
  var _channelCore: any ChannelCore { self }

  var pipeline: ChannelPipeline {
    guard let madePipeline else { preconditionFailure("a channel was used before it was made") }
    return madePipeline
  }

  func setOption<Option: ChannelOption>(
    _ option: Option, value: Option.Value
  ) -> EventLoopFuture<Void> {
    eventLoop.submit {
      switch (option, value) {
      case (is ChannelOptions.Types.AutoReadOption, let value as Bool):
        self.core.readsByItself = value
        if value, self.isActive { self.pipeline.syncOperations.read() }
      case (is ChannelOptions.Types.AllowRemoteHalfClosureOption, let value as Bool):
        self.core.allowsHalfClosure = value
      default: throw ChannelError.operationUnsupported
      }
    }
  }

  func getOption<Option: ChannelOption>(_ option: Option) -> EventLoopFuture<Option.Value> {
    eventLoop.submit {
      let value =
        switch option {
        case is ChannelOptions.Types.AutoReadOption: self.core.readsByItself
        case is ChannelOptions.Types.AllowRemoteHalfClosureOption: self.core.allowsHalfClosure
        default: throw ChannelError.operationUnsupported
        }
      guard let value = value as? Option.Value else { throw ChannelError.operationUnsupported }
      return value
    }
  }
}

extension MemoryChannel: ChannelCore {
  func localAddress0() throws -> SocketAddress { throw ChannelError.operationUnsupported }
  func remoteAddress0() throws -> SocketAddress { throw ChannelError.operationUnsupported }
  func register0(promise: EventLoopPromise<Void>?) { promise?.succeed() }
  func registerAlreadyConfigured0(promise: EventLoopPromise<Void>?) { promise?.succeed() }

  func bind0(to: SocketAddress, promise: EventLoopPromise<Void>?) {
    promise?.fail(ChannelError.operationUnsupported)
  }

  func connect0(to: SocketAddress, promise: EventLoopPromise<Void>?) {
    promise?.fail(ChannelError.operationUnsupported)
  }

  func triggerUserOutboundEvent0(_ event: Any, promise: EventLoopPromise<Void>?) {
    promise?.fail(ChannelError.operationUnsupported)
  }

  func channelRead0(_ data: NIOAny) {}
  func errorCaught0(error: any Error) {}

  func write0(_ data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard let bytes = tryUnwrapData(data, as: ByteBuffer.self) else {
      promise?.fail(ChannelError.operationUnsupported)
      return
    }
    guard isActive, !core.hasClosedOutput else {
      promise?.fail(isActive ? ChannelError.outputClosed : ChannelError.ioOnClosedChannel)
      return
    }
    core.write(bytes, promise)
    tellWritability()
  }

  func flush0() {
    core.flush()
    transfer()
  }

  func read0() {
    core.wantsToRead = true
    scheduleDelivery()
  }

  func close0(error: any Error, mode: CloseMode, promise: EventLoopPromise<Void>?) {
    guard core.isOpen else {
      promise?.fail(ChannelError.alreadyClosed)
      return
    }
    switch mode {
    case .output:
      guard !core.hasClosedOutput else {
        promise?.fail(ChannelError.outputClosed)
        return
      }
      core.hasClosedOutput = true
      transfer()
      promise?.succeed()
    case .input: promise?.fail(ChannelError.operationUnsupported)
    case .all: end(nil, promise)
    }
  }

  /// Hands what was flushed to the other end, as far as it has room.
  private func transfer() {
    guard let other else { return }
    let delivered = core.transfer(to: &other.core)
    for promise in delivered { promise.succeed() }
    tellWritability()
    if core.hasClosedOutput, !core.holdsFlushed { other.core.hasHeardEnd = true }
    other.scheduleDelivery()
  }

  private func tellWritability() {
    let isWritable = core.isWritable
    let hasChanged = flags.withLock { flags in
      defer { flags.isWritable = isWritable }
      return flags.isWritable != isWritable
    }
    if hasChanged, isActive { pipeline.syncOperations.fireChannelWritabilityChanged() }
  }

  /// In a turn of its own: two ends that answer each other would else fill the stack.
  private func scheduleDelivery() {
    guard !isDelivering else { return }
    isDelivering = true
    eventLoop.execute {
      self.isDelivering = false
      self.deliver()
    }
  }

  private func deliver() {
    // The end is heard by one that does not read, too, as over a socket: else nobody would notice that a client
    // is gone while its answer is being made.
    guard isActive, core.wantsToRead || core.hasHeardEnd || core.hasHeardReset else { return }
    if let bytes = core.take() {
      core.wantsToRead = false
      pipeline.syncOperations.fireChannelRead(NIOAny(bytes))
      pipeline.syncOperations.fireChannelReadComplete()
      other?.transfer()
      if isActive, core.readsByItself { pipeline.syncOperations.read() }
      if core.hasHeardEnd { scheduleDelivery() }
    } else if core.hasHeardReset {
      pipeline.syncOperations.fireErrorCaught(IOError(errnoCode: ECONNRESET, reason: "read"))
      if isActive { end(nil, nil) }
    } else if core.hasHeardEnd {
      core.wantsToRead = false
      if core.allowsHalfClosure, !core.hasClosedOutput {
        pipeline.syncOperations.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
      } else {
        end(nil, nil)
      }
    }
  }

  private func end(_ error: (any Error)?, _ promise: EventLoopPromise<Void>?) {
    core.isOpen = false
    let wasActive = flags.withLock { flags in
      defer { flags.isActive = false }
      return flags.isActive
    }
    for lost in core.dropUnsent() { lost.fail(error ?? ChannelError.ioOnClosedChannel) }
    if let other {
      if core.willReset {
        other.core.hearReset()
      } else {
        other.core.hasHeardEnd = true
      }
      other.breakOff()
      other.scheduleDelivery()
    }
    other = nil
    promise?.succeed()
    if wasActive {
      pipeline.syncOperations.fireChannelInactive()
      pipeline.syncOperations.fireChannelUnregistered()
    }
    eventLoop.execute {
      self.removeHandlers(pipeline: self.pipeline)
      self.closePromise.succeed()
    }
  }

  /// The other end is closed: nobody will ever take what is written here.
  private func breakOff() {
    other = nil
    core.hasClosedOutput = true
    for lost in core.dropUnsent() { lost.fail(ChannelError.ioOnClosedChannel) }
  }
}
