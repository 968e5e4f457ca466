import HTTPDriver

/// Where the body of a WebSocket's scope runs, or the script of a server.
public enum WSThread: Sendable, Hashable {
  /// On the threads that all tasks share.
  case pool
  /// On the thread that reads the connection, from its first wait on.
  ///
  /// Nothing has to wake another thread, so that a small message takes less time, and a half to a third of the CPU
  /// time. The body must then not block: while it does, none of the connections of that thread is read, nor are
  /// pings answered. A body that belongs to an actor stays with its actor; `withVirtualTime` must not be around it.
  case connection
}

extension WSConnection {
  /// Runs a body where the options say.
  func run<R>(_ body: (WSSocket) async throws -> R) async rethrows -> R {
    let socket = WSSocket(self)
    switch thread {
    case .pool: return try await body(socket)
    case .connection:
      // A task does not keep its executor.
      let executor = stream.executor()
      defer { withExtendedLifetime(executor) {} }
      return try await withTaskExecutorPreference(executor) { try await body(socket) }
    }
  }
}
