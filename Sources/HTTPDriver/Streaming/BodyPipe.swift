import HarnessLock
import NIOCore

/// Carries a body from whoever receives it to whoever reads it, with room for a bounded part of it.
final class BodyPipe: Sendable {
  private let state = Lock(State())

  private struct State {
    var queue = PieceQueue()
    /// One, unless several tasks read the same body: each piece is then had by one of them.
    var readers: [CheckedContinuation<Void, Never>] = []
    var writer: CheckedContinuation<Void, Never>?
    var onRoom: (@Sendable () -> Void)?

    mutating func takeReaders() -> [CheckedContinuation<Void, Never>] {
      guard queue.isReady, !readers.isEmpty else { return [] }
      defer { readers = [] }
      return readers
    }

    mutating func takeWriter() -> CheckedContinuation<Void, Never>? {
      defer { writer = nil }
      return writer
    }
  }

  /// Makes an empty pipe.
  init() {}

  /// Is called when there is room again, after a push that left none, and let go of at the end.
  func whenRoom(_ action: @escaping @Sendable () -> Void) {
    state.withLock { state in
      if !state.queue.isFinished { state.onRoom = action }
    }
  }

  /// Adds a piece; false when the writer should wait for room.
  ///
  /// A piece beyond that is kept all the same.
  func push(_ piece: [UInt8]) -> Bool {
    let (readers, hasRoom) = state.withLock { state in
      state.queue.push(piece)
      return (state.takeReaders(), state.queue.hasRoom)
    }
    for reader in readers { reader.resume() }
    return hasRoom
  }

  /// Nothing follows; the reader still gets what is here.
  func finish(throwing error: (any Error)? = nil) {
    let (readers, writer, onRoom) = state.withLock { state in
      state.queue.finish(error)
      defer { state.onRoom = nil }
      return (state.takeReaders(), state.takeWriter(), state.onRoom)
    }
    for reader in readers { reader.resume() }
    writer?.resume()
    // Let go of outside of the lock: it may be the last that holds a connection.
    _ = onRoom
  }

  /// Nobody reads any more: a body that has not ended is dropped as it comes, so that it is in nobody's way.
  func discard(throwing error: any Error) {
    let onRoom = state.withLock { state in
      let isOpen = !state.queue.isFinished
      if isOpen { state.queue.removeAll() }
      return isOpen ? state.onRoom : nil
    }
    finish(throwing: error)
    onRoom?()
  }

  /// Whether a writer may go on.
  var hasRoom: Bool { state.withLock { $0.queue.hasRoom } }

  /// The next piece; nil at the end.
  func next() async -> [UInt8]? {
    while true {
      await ready()
      let (isTaken, piece, writer, onRoom) = state.withLock { state in
        let isReady = state.queue.isReady
        let hadRoom = state.queue.hasRoom
        let piece = state.queue.pop()
        guard !hadRoom, state.queue.hasRoom else {
          return (
            isReady, piece, nil as CheckedContinuation<Void, Never>?,
            nil as (@Sendable () -> Void)?
          )
        }
        return (isReady, piece, state.takeWriter(), state.onRoom)
      }
      writer?.resume()
      onRoom?()
      // Else another reader was faster.
      if isTaken { return piece }
    }
  }

  /// Waits until there is a piece or the end.
  private func ready() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isReady = state.withLock { state in
          if !state.queue.isReady { state.readers.append(continuation) }
          return state.queue.isReady
        }
        if isReady { continuation.resume() }
      }
    } onCancel: {
      finish(throwing: CancellationError())
    }
  }

  /// Why the body ended too early; nil where it did not.
  var error: (any Error)? { state.withLock { $0.queue.error } }

  /// Waits until there is room, or nobody reads any more.
  func room() async {
    await withCheckedContinuation { continuation in
      let isFree = state.withLock { state in
        let isFree = state.queue.hasRoom || state.queue.isFinished
        if !isFree { state.writer = continuation }
        return isFree
      }
      if isFree { continuation.resume() }
    }
  }
}

/// Decides what a reader gets, and whether there is room for more.
struct PieceQueue {
  /// The bytes that may wait before a writer is asked to.
  static let room = 64 << 10

  private var pieces = CircularBuffer<[UInt8]>()
  private var count = 0
  private(set) var isFinished = false
  private(set) var error: (any Error)?

  var hasRoom: Bool { count < Self.room }
  /// Whether a reader need not wait.
  var isReady: Bool { !pieces.isEmpty || isFinished }

  mutating func push(_ piece: [UInt8]) {
    guard !isFinished, !piece.isEmpty else { return }
    pieces.append(piece)
    count += piece.count
  }

  /// The first ending stays.
  mutating func finish(_ error: (any Error)?) {
    guard !isFinished else { return }
    isFinished = true
    self.error = error
  }

  mutating func removeAll() {
    pieces.removeAll()
    count = 0
  }

  mutating func pop() -> [UInt8]? {
    guard let piece = pieces.popFirst() else { return nil }
    count -= piece.count
    return piece
  }
}
