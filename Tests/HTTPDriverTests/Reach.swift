import Foundation
import HTTPDriver
import Testing

/// The ways to reach the same handler.
enum Reach: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case handler
  case memory
  case tcp
  case unixSocket

  var testDescription: String { rawValue }

  /// Whether there is a connection to be made.
  var hasConnections: Bool { self != .handler }

  /// Runs `body` with a driver that reaches the handler this way.
  func drive(
    responseLimit: Int = 16 << 20, _ handler: @escaping HTTPHandler,
    _ body: (HTTPDriver) async throws -> Void
  ) async throws {
    try await reach(handler) { transport in
      try await body(HTTPDriver(transport, responseLimit: responseLimit))
    }
  }

  /// Runs `body` with a transport that reaches the handler this way.
  func reach(
    _ handler: @escaping HTTPHandler, _ body: (HTTPTransport) async throws -> Void
  ) async throws {
    switch self {
    case .handler: try await body(.handler(handler))
    case .memory: try await body(.memory(handler))
    case .tcp: try await withHTTPService(handler, body)
    case .unixSocket:
      // Short: a socket's path has 103 bytes at most.
      let path = "/tmp/harness-\(getpid())-\(UInt32.random(in: 0 ... .max)).sock"
      try await withHTTPService(handler, on: .unixSocket(path), body)
    }
  }
}
