import Foundation
import Testing
import WSDriver

/// What carries the connections of a conformance case.
///
/// This folder needs nothing but the public interface of `WSDriver`, so that a package with another medium can link
/// it in and run the same cases.
struct WSMedium: Sendable, CustomTestStringConvertible {
  let name: String
  /// Whether a reset is told from a close in good order.
  let hasResets: Bool
  /// Where the next server is to listen.
  let makePlace: @Sendable () -> WSServer.Place

  init(_ name: String, hasResets: Bool, _ makePlace: @escaping @Sendable () -> WSServer.Place) {
    self.name = name
    self.hasResets = hasResets
    self.makePlace = makePlace
  }

  var testDescription: String { name }

  static let memory = WSMedium("memory", hasResets: true) { .memory }
  static let tcp = WSMedium("TCP", hasResets: true) { .tcp() }
  // Source: unix(7), no urgent data, no linger; a stream that is closed just ends.
  static let unixSocket = WSMedium("Unix socket", hasResets: false) {
    // Short: a socket's path has 103 bytes at most.
    .unixSocket("/tmp/harness-ws-\(getpid())-\(UInt32.random(in: 0 ... .max)).sock")
  }

  /// Runs `body` beside a server on this medium, with how a driver reaches it.
  func serve(
    _ options: WSServer.Options = WSServer.Options(),
    script: @escaping @Sendable (WSSocket) async throws -> Void,
    _ body: (HTTPTransport) async throws -> Void
  ) async throws {
    var options = options
    options.place = makePlace()
    try await withWSServer(options, script: script) { try await body($0.transport) }
  }

  /// Runs `body` beside a server that sends back every message.
  func serveEcho(
    _ options: WSServer.Options = WSServer.Options(),
    _ body: (HTTPTransport) async throws -> Void
  ) async throws {
    try await serve(options, script: { await $0.respond { $0 } }, body)
  }
}

/// Something that a WebSocket does the same way whatever carries it.
struct WSConformanceCase: Sendable, CustomTestStringConvertible {
  let name: String
  let check: @Sendable (WSMedium) async throws -> Void

  init(_ name: String, _ check: @escaping @Sendable (WSMedium) async throws -> Void) {
    self.name = name
    self.check = check
  }

  var testDescription: String { name }

  static let all = opening + messages + closing + crowds
}
