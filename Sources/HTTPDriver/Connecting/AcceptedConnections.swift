import HarnessLock
import NIOCore

/// The connections that a listener of this process has taken, until they are closed.
final class AcceptedConnections: Sendable {
  private struct State {
    var open: [ObjectIdentifier: any Channel] = [:]
    var isClosing = false
  }

  private let state = Lock(State())

  /// Takes in a connection, on its event loop.
  ///
  /// - Throws: When they are being closed: one that comes between the end of the listener and that of the others would
  ///   stay open, unseen by anybody.
  func add(_ channel: any Channel) throws {
    let id = ObjectIdentifier(channel)
    let isLate = state.withLock { state in
      if !state.isClosing { state.open[id] = channel }
      return state.isClosing
    }
    guard !isLate else { throw ChannelError.ioOnClosedChannel }
    channel.closeFuture.whenComplete { [self] _ in
      state.withLock { _ = $0.open.removeValue(forKey: id) }
    }
  }

  /// Closes all that are left, and takes in no more.
  func closeAll() async {
    let left = state.withLock { state in
      state.isClosing = true
      return Array(state.open.values)
    }
    for channel in left { channel.eventLoop.execute { channel.closeAtOnce() } }
    for channel in left {
      await withCheckedContinuation { continuation in
        channel.closeFuture.whenComplete { _ in continuation.resume() }
      }
    }
  }
}
