public import HTTPDriver
import HarnessReporting
public import HarnessWebSocket
import Waiters

/// Drives a WebSocket service through the connection of an HTTP driver.
///
/// ```swift
/// let stages = try await WSDriver(http).connect("/ws/operations/7") { socket in
///   try await socket.collect(Progress.self, until: \.isTerminal, within: .seconds(30))
/// }
/// ```
///
/// Every wait has a deadline, and a failure shows the frames of both directions.
public struct WSDriver: Sendable {
  let http: HTTPDriver
  let options: WSOptions

  /// Drives the service that `http` drives.
  ///
  /// - Parameters:
  ///   - http: How to reach the service.
  ///   - compression: What to offer of permessage-deflate; nil offers none.
  ///   - limits: How long a message may be; a longer one closes the WebSocket with 1009.
  ///   - behaviour: What this side does by itself.
  public init(
    _ http: HTTPDriver, compression: WSDeflate? = nil, limits: WSLimits = WSLimits(),
    behaviour: WSBehaviour = .regular
  ) {
    self.init(
      http, WSOptions(compression: compression, limits: limits, behaviour: behaviour))
  }

  /// Drives the service behind a transport, such as ``WSServer/transport``.
  public init(_ transport: HTTPTransport, _ options: WSOptions = WSOptions()) {
    self.init(HTTPDriver(transport), options)
  }

  /// Drives the service that `http` drives, with options.
  public init(_ http: HTTPDriver, _ options: WSOptions) {
    self.http = http
    self.options = options
  }

  /// Opens a WebSocket, runs `body` with it, and closes it.
  ///
  /// The first frame is not lost when it comes along with the 101. In the end this side closes with 1000 and
  /// waits up to two seconds for the service to close too; when `body` throws, it closes with 1001 and does
  /// not wait.
  ///
  /// - Returns: What `body` returns.
  /// - Throws: After the test has failed at this line, when the service refuses or does not answer by the
  ///   deadline; see ``expectRefusal(_:headers:subprotocols:within:fileID:filePath:line:column:)`` for
  ///   services that must refuse. What `body` throws.
  @discardableResult
  public func connect<R>(
    _ path: String, headers: HTTPFields = [:], subprotocols: [String] = [],
    within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column,
    _ body: (WSSocket) async throws -> R
  ) async throws -> R {
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    let outcome = try await outcome(
      path, headers: headers, subprotocols: subprotocols, within: duration, body)
    switch outcome {
    case .value(let value): return value
    case .refused(let refusal):
      throw refusal.exchange.failure("no WebSocket: \(refusal.reason)", at: site)
    case .failed(let error): throw await http.failure(error, at: site)
    case .cancelled: throw CancellationError()
    }
  }

  /// Opens a WebSocket, runs `body` with it, and closes it; hands back what came of it, and fails nothing by
  /// itself.
  ///
  /// - Throws: What `body` throws.
  public func outcome<R>(
    _ path: String, headers: HTTPFields = [:], subprotocols: [String] = [],
    within duration: Duration? = nil, _ body: (WSSocket) async throws -> R
  ) async throws -> WSDriverOutcome<R> {
    let connection: WSConnection
    switch await open(path, headers, subprotocols, by: .effective(within: duration)) {
    case .open(let made, _): connection = made
    case .refused(let refusal): return .refused(refusal)
    case .failed(let error): return .failed(error)
    case .cancelled: return .cancelled
    }
    let result: R
    do {
      result = try await connection.run(body)
    } catch {
      await connection.finish(inGoodOrder: false)
      throw error
    }
    await connection.finish(inGoodOrder: true)
    return .value(result)
  }

  /// Expects the service to refuse the upgrade, and gives its answer.
  ///
  /// ```swift
  /// try await WSDriver(http).expectRefusal("/ws/operations/unknown")
  ///   .exchange.expectProblem(status: .notFound, type: "https://example.com/problems/unknown-operation")
  /// ```
  ///
  /// - Throws: After the test has failed at this line, when the WebSocket opens, or there is no answer by
  ///   the deadline.
  @discardableResult
  public func expectRefusal(
    _ path: String, headers: HTTPFields = [:], subprotocols: [String] = [],
    within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws -> WSRefusal {
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    switch await open(path, headers, subprotocols, by: .effective(within: duration)) {
    case .open(let connection, let exchange):
      await connection.finish(inGoodOrder: false)
      throw exchange.failure("the WebSocket opened, expected a refusal", at: site)
    case .refused(let refusal): return refusal
    case .failed(let error): throw await http.failure(error, at: site)
    case .cancelled: throw CancellationError()
    }
  }

  enum Opening {
    case open(WSConnection, HTTPExchange)
    case refused(WSRefusal)
    case failed(HTTPExchangeError)
    case cancelled
  }

  func open(
    _ path: String, _ headers: HTTPFields, _ subprotocols: [String], by deadline: Deadline
  ) async -> Opening {
    // A field of the test's own offers too.
    let offered =
      subprotocols.isEmpty
      ? (headers[.secWebSocketProtocol] ?? "").split(separator: ",").map {
        String($0.filter { $0 != " " && $0 != "\t" })
      } : subprotocols
    let handshake = WSHandshake(subprotocols: offered, compression: options.compression)
    let (outcome, stream) = await http.upgrade(
      path, headers: handshake.fields(headers), by: deadline)
    switch outcome {
    case .failed(let error): return .failed(error)
    case .cancelled: return .cancelled
    case .response(let exchange):
      let reason: String
      switch (handshake.verdict(on: exchange.response), stream) {
      case (.open(let agreement), let stream?):
        let context = WSContext(
          role: .client, request: exchange.request, response: exchange.response,
          exchange: exchange, reporter: exchange.reporter, deflate: agreement)
        let connection = WSConnection(stream, context, options)
        connection.start()
        return .open(connection, exchange)
      case (.open, nil):
        reason = "the 101 is not framed as RFC 9112, section 2.1 says, so that nothing follows it"
      case (.refused(let fault), _): reason = fault
      }
      if let stream {
        stream.close()
        await stream.closed()
      }
      return .refused(WSRefusal(exchange: exchange, reason: reason))
    }
  }
}

/// What came of opening a WebSocket, for a caller who decides what that means.
public enum WSDriverOutcome<Value> {
  /// It opened, and this is what the body returned.
  case value(Value)
  /// The service answered, and opened none.
  case refused(WSRefusal)
  /// There was no complete answer.
  case failed(HTTPExchangeError)
  /// The task was cancelled.
  case cancelled
}

/// A service's answer that opens no WebSocket.
public struct WSRefusal: Error, Sendable {
  /// The request and the answer, for assertions.
  public let exchange: HTTPExchange
  /// Why it opens none, such as `status 404, expected 101`.
  public let reason: String
}

extension WSDriverOutcome: Sendable where Value: Sendable {}
