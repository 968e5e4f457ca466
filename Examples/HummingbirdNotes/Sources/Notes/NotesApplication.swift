import Hummingbird

/// The service as it runs: its router behind a server.
public func makeNotesApplication() -> some ApplicationProtocol {
  Application(router: makeNotesRouter())
}
