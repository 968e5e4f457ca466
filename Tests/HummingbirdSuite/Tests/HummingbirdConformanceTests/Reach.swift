import HTTPDriver
import HTTPDriverHummingbird
import Hummingbird
import Logging
import ServiceLifecycle
import Testing

/// The ways to reach the same handler behind a Hummingbird application.
enum Reach: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case inProcess
  case memory
  case tcp
  case unixSocket

  var testDescription: String { rawValue }

  /// Whether there is a connection to be made.
  var hasConnections: Bool { self != .inProcess }

  var way: HummingbirdReach {
    switch self {
    case .inProcess: .inProcess
    case .memory: .memory
    case .tcp: .tcp
    case .unixSocket: .unixSocket
    }
  }

  /// Runs `body` with a driver that reaches the handler this way.
  func drive(
    responseLimit: Int = 16 << 20, _ handler: @escaping HTTPHandler,
    _ body: (HTTPDriver) async throws -> Void
  ) async throws {
    try await withHummingbirdApplication(application(of: handler), over: way) { transport in
      try await body(HTTPDriver(transport, responseLimit: responseLimit))
    }
  }
}

/// Puts a handler into a Hummingbird application.
private func application(
  of handler: @escaping HTTPHandler
) -> Application<CallbackResponder<BasicRequestContext>> {
  let responder = CallbackResponder<BasicRequestContext> { request, _ in
    let body = HTTPBody.stream(
      request.body.map { Array($0.readableBytesView) },
      contentType: request.headers[.contentType],
      length: request.headers[.contentLength].flatMap(Int.init))
    // Hummingbird cancels no handler whose client is gone; one that never ends must hear of the shutdown.
    let reply = try await cancelWhenGracefulShutdown { try await handler(request.head, body) }
    guard request.method != .head else {
      return Response(status: reply.head.status, headers: reply.head.headerFields)
    }
    return Response(
      status: reply.head.status, headers: reply.head.headerFields,
      body: ResponseBody(contentLength: reply.body.length) { writer in
        for try await piece in reply.body { try await writer.write(ByteBuffer(bytes: piece)) }
        try await writer.finish(reply.body.trailers)
      })
  }
  var logger = Logger(label: "conformance")
  logger.logLevel = .error
  return Application(responder: responder, logger: logger)
}
