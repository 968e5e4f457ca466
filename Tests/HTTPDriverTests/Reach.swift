import Foundation
import HTTPDriver
import HTTPDriverTLS
import Testing

/// The ways to reach the same handler; those of the trait `TLS` where the tests are compiled with it.
enum Reach: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case handler
  case memory
  case tcp
  case unixSocket
  case pooledMemory
  case pooledTCP
  case pooledUnixSocket
  #if TLS
    case memoryTLS
    case tls
    case tlsUnixSocket
    case memoryH2C
    case h2c
    case h2cUnixSocket
    case memoryH2
    case h2
    case h2UnixSocket
    case pooledTLS
  #endif

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
    case .unixSocket: try await withHTTPService(handler, on: .unixSocket(Self.socketPath()), body)
    case .pooledMemory: try await Self.pool(.memory, handler, body)
    case .pooledTCP: try await Self.pool(.tcp, handler, body)
    case .pooledUnixSocket: try await Self.pool(.unixSocket, handler, body)
    #if TLS
      case .pooledTLS: try await Self.pool(.tls, handler, body)
      case .memoryTLS: try await body(.memory(handler, over: .tls(by: Self.authority())))
      case .memoryH2C: try await body(.memory(handler, over: .http2))
      case .memoryH2:
        try await body(.memory(handler, over: .tls(by: Self.authority(), speaking: .http2)))
      case .tls:
        try await withHTTPService(handler, over: .tls(by: Self.authority()), body)
      case .h2c: try await withHTTPService(handler, over: .http2, body)
      case .h2:
        let serving = try HTTPServing.tls(by: Self.authority(), speaking: .http2)
        try await withHTTPService(handler, over: serving, body)
      case .tlsUnixSocket:
        let path = Self.socketPath()
        try await withHTTPService(
          handler, over: .tls(by: Self.authority()), on: .unixSocket(path), body)
      case .h2cUnixSocket:
        try await withHTTPService(handler, over: .http2, on: .unixSocket(Self.socketPath()), body)
      case .h2UnixSocket:
        let serving = try HTTPServing.tls(by: Self.authority(), speaking: .http2)
        try await withHTTPService(
          handler, over: serving, on: .unixSocket(Self.socketPath()), body)
    #endif
    }
  }

  private static func pool(
    _ reach: Reach, _ handler: @escaping HTTPHandler, _ body: (HTTPTransport) async throws -> Void
  ) async throws {
    try await reach.reach(handler) { transport in
      try await withHTTPConnectionPool(transport) { try await body($0) }
    }
  }

  /// Short: a socket's path has 103 bytes at most.
  private static func socketPath() -> String {
    "/tmp/harness-\(getpid())-\(UInt32.random(in: 0 ... .max)).sock"
  }

  #if TLS
    private static let shared = Result { try TestAuthority() }

    /// One for all tests: its key takes time to make.
    private static func authority() throws -> TestAuthority { try shared.get() }
  #endif
}
