import HTTPDriver
import HarnessLock
import HarnessReporting
import HarnessWebSocket

/// Runs `body` beside a WebSocket server, which runs `script` with each client.
///
/// It listens on a loopback port, on a Unix socket or in memory, and there in the clear or over TLS, as the options say.
///
/// The script has the verbs of any WebSocket: it waits for what the client sends, answers, breaks the protocol on
/// purpose or hangs up. When it returns, the server closes with 1000: a script that has nothing more to do waits by
/// `_ = try await client.collectUntilClose()`, or answers by ``WSSocket/respond(_:)``. What it misses fails the test at
/// the line of the script; the server then closes with 1001, so that waits of the client fail behind it.
///
/// When `body` returns, every WebSocket that is open is closed with 1001, which ends the waits of the scripts, and
/// the scripts are waited for. When `body` throws, they are cancelled. What a client sent just before may not have
/// been read by then: where the script looks at how a client closes, let it tell, and let `body` wait for that.
///
/// - Parameters:
///   - options: How the server is set up.
///   - script: What the server does with a client. With several clients it runs several times at once.
///   - body: What is run beside it.
/// - Returns: What `body` returns.
/// - Throws: What `body` throws, and otherwise what a script threw first; an error when it cannot listen.
@discardableResult
public func withWSServer<R>(
  _ options: WSServer.Options = WSServer.Options(),
  script: @escaping @Sendable (WSSocket) async throws -> Void,
  _ body: (WSServer) async throws -> R
) async throws -> R {
  let run = WSServerRun(script: script)
  let (connections, arrivals) = AsyncStream.makeStream(of: WSConnection.self)
  let reporter = Reporter()
  let listener = try await options.place.listen { stream in
    WSAcceptor(stream, options, reporter: reporter) { connection in
      run.opened(connection)
      arrivals.yield(connection)
    }.start()
  }
  // Children of the test's task, so that what a script finds is shown under the test.
  let result = await withTaskGroup(of: Void.self) { group -> Result<R, any Error> in
    group.addTask {
      await withDiscardingTaskGroup { scripts in
        for await connection in connections { scripts.addTask { await run.serve(connection) } }
      }
    }
    let result: Result<R, any Error>
    do {
      result = .success(
        try await body(
          WSServer(
            transport: listener.transport, port: listener.port, isSecure: listener.isSecure)))
      run.goAway()
    } catch {
      result = .failure(error)
      group.cancelAll()
    }
    arrivals.finish()
    await group.waitForAll()
    return result
  }
  await listener.close()
  let value = try result.get()
  if let error = run.error { throw error }
  return value
}

/// What the scripts of a server share.
private final class WSServerRun: Sendable {
  private struct State {
    var open: [ObjectIdentifier: WSConnection] = [:]
    var isGoingAway = false
    var error: (any Error)?
  }

  private let script: @Sendable (WSSocket) async throws -> Void
  private let state = Lock(State())

  init(script: @escaping @Sendable (WSSocket) async throws -> Void) {
    self.script = script
  }

  /// What a script threw first.
  var error: (any Error)? { state.withLock { $0.error } }

  func opened(_ connection: WSConnection) {
    let isLate = state.withLock { state in
      state.open[ObjectIdentifier(connection)] = connection
      return state.isGoingAway
    }
    if isLate { connection.goAway() }
  }

  /// Closes every WebSocket, so that the scripts come to an end.
  func goAway() {
    let open = state.withLock { state in
      state.isGoingAway = true
      return Array(state.open.values)
    }
    for connection in open { connection.goAway() }
  }

  func serve(_ connection: WSConnection) async {
    do {
      try await connection.run(script)
      await connection.finish(inGoodOrder: true)
    } catch {
      await connection.finish(inGoodOrder: false)
      state.withLock { state in
        if state.error == nil && !(error is CancellationError) { state.error = error }
      }
    }
    state.withLock { _ = $0.open.removeValue(forKey: ObjectIdentifier(connection)) }
  }
}
