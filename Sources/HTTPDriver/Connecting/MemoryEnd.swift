import NIOCore

/// What one end of a connection in memory holds, and what may move; it only decides.
struct MemoryEnd {
  /// The bytes that wait here to be read before the other end finds no room.
  static let room = 64 << 10
  /// The bytes that may wait to be sent before the channel is not writable.
  static let highWater = 64 << 10

  var isOpen = true
  var readsByItself = true
  var allowsHalfClosure = false
  var wantsToRead = false
  var hasClosedOutput = false
  var willReset = false
  /// The other end has closed its output, and all it sent lies in `received`.
  var hasHeardEnd = false
  private(set) var hasHeardReset = false

  private var unsent: MarkedCircularBuffer<(ByteBuffer, EventLoopPromise<Void>?)> = .init(
    initialCapacity: 8)
  private var received = CircularBuffer<ByteBuffer>(initialCapacity: 8)
  private var unsentCount = 0
  private var receivedCount = 0

  var isWritable: Bool { unsentCount <= Self.highWater }
  var holdsFlushed: Bool { unsent.hasMark }

  mutating func write(_ bytes: ByteBuffer, _ promise: EventLoopPromise<Void>?) {
    unsent.append((bytes, promise))
    unsentCount += bytes.readableBytes
  }

  mutating func flush() {
    unsent.mark()
  }

  /// Moves what was flushed to the other end while that has room; gives the promises that are kept by it.
  mutating func transfer(to other: inout MemoryEnd) -> [EventLoopPromise<Void>] {
    var kept: [EventLoopPromise<Void>] = []
    while unsent.hasMark, other.receivedCount < Self.room, let (bytes, promise) = unsent.popFirst()
    {
      unsentCount -= bytes.readableBytes
      other.receive(bytes)
      if let promise { kept.append(promise) }
    }
    return kept
  }

  private mutating func receive(_ bytes: ByteBuffer) {
    guard bytes.readableBytes > 0 else { return }
    receivedCount += bytes.readableBytes
    received.append(bytes)
  }

  /// The next bytes to read; nil when none are here.
  mutating func take() -> ByteBuffer? {
    guard let bytes = received.popFirst() else { return nil }
    receivedCount -= bytes.readableBytes
    return bytes
  }

  /// The connection was reset: what was not read is lost.
  mutating func hearReset() {
    hasHeardReset = true
    received.removeAll()
    receivedCount = 0
  }

  /// Gives up what was not sent; gives the promises to fail.
  mutating func dropUnsent() -> [EventLoopPromise<Void>] {
    defer {
      unsent = .init(initialCapacity: 8)
      unsentCount = 0
    }
    return unsent.compactMap(\.1)
  }
}
