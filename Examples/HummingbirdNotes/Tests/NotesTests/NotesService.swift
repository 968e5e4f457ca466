import Hummingbird
import Notes
import ServiceLifecycle
import TestHarness

/// The two ways to reach the service: the same suite runs both.
enum NotesService: String, CaseIterable {
  case inProcess = "in process"
  case live = "over a socket"

  /// Runs `body` with a driver for a service of its own, which ends when `body` does.
  func run(_ body: @escaping @Sendable (HTTPDriver) async throws -> Void) async throws {
    switch self {
    case .inProcess:
      try await body(HTTPDriver(.router(makeNotesRouter())))
    case .live:
      try await runLive(body)
    }
  }

  private func runLive(
    _ body: @escaping @Sendable (HTTPDriver) async throws -> Void
  ) async throws {
    // The system chooses the port, and the server says which: no fixed port, no polling.
    let port = Signal<Int>("the server's port")
    let application = Application(
      router: makeNotesRouter(),
      configuration: .init(address: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { port.send($0.localAddress?.port ?? 0) })
    let server = ServiceGroup(
      configuration: .init(services: [application], logger: application.logger))
    async let running: Void = server.run()
    do {
      try await body(HTTPDriver("http://127.0.0.1:\(try await port.value())"))
    } catch {
      await server.triggerGracefulShutdown()
      throw error
    }
    await server.triggerGracefulShutdown()
    try await running
  }
}
