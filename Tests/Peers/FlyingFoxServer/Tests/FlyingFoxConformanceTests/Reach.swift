import FlyingFox
import FlyingSocks
import Foundation
import HTTPDriver
import Testing

/// The ways to reach the same handler behind FlyingFox, an HTTP server that nobody here wrote.
enum Reach: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case tcp
  case unixSocket

  var testDescription: String { rawValue }

  /// Whether there is a connection to be made.
  var hasConnections: Bool { true }

  /// Runs `body` with a driver that reaches the handler this way.
  func drive(
    responseLimit: Int = 16 << 20, _ handler: @escaping HTTPDriver::HTTPHandler,
    _ body: (HTTPDriver::HTTPDriver) async throws -> Void
  ) async throws {
    let path = "/tmp/flying-fox-\(getpid())-\(UInt32.random(in: 0 ... .max)).sock"
    // It answers 500 in the place of a handler that takes longer: the driver's deadlines are to be the first.
    let patience: TimeInterval = 3_600
    let server =
      switch self {
      case .tcp: HTTPServer(address: .loopback(port: 0), timeout: patience, logger: .disabled)
      case .unixSocket:
        HTTPServer(address: .unix(path: path), timeout: patience, logger: .disabled)
      }
    await server.appendRoute("*") { try await Self.answer($0, by: handler) }
    let run = Task { try await server.run() }
    let result: Result<Void, any Error>
    do {
      try await server.waitUntilListening()
      let transport: HTTPTransport =
        switch await server.listeningAddress {
        case .ip4(_, let port): .address("http://127.0.0.1:\(port)")
        case .ip6(_, let port): .address("http://[::1]:\(port)")
        default: .unixSocket(path)
        }
      result = .success(
        try await body(HTTPDriver::HTTPDriver(transport, responseLimit: responseLimit)))
    } catch {
      result = .failure(error)
    }
    await server.stop()
    _ = await run.result
    try? FileManager.default.removeItem(atPath: path)
    try result.get()
  }

  private static func answer(
    _ request: FlyingFox::HTTPRequest, by handler: HTTPDriver::HTTPHandler
  ) async throws -> FlyingFox::HTTPResponse {
    var fields = HTTPFields()
    for (name, value) in request.headers {
      guard let name = HTTPField.Name(name.rawValue) else { continue }
      fields.append(HTTPField(name: name, value: value))
    }
    guard let method = HTTPTypes::HTTPRequest.Method(rawValue: request.method.rawValue) else {
      return FlyingFox::HTTPResponse(statusCode: .badRequest)
    }
    let head = HTTPTypes::HTTPRequest(
      method: method, scheme: "http", authority: request.headers[.host],
      path: request.target.rawValue, headerFields: fields)
    let reply = try await handler(
      head,
      .stream(
        request.bodySequence.map { [UInt8]($0) }, contentType: fields[.contentType],
        length: fields[.contentLength].flatMap(Int.init)))
    var headers = FlyingFox::HTTPHeaders()
    for field in reply.head.headerFields {
      headers.addValue(field.value, for: FlyingFox::HTTPHeader(field.name.rawName))
    }
    let status = HTTPStatusCode(reply.head.status.code, phrase: reply.head.status.reasonPhrase)
    // It would send the body of an answer to HEAD.
    guard method != .head else {
      return FlyingFox::HTTPResponse(statusCode: status, headers: headers)
    }
    let pieces = Pieces(body: reply.body)
    return FlyingFox::HTTPResponse(
      statusCode: status, headers: headers,
      body: reply.body.length.map { HTTPBodySequence(from: pieces, count: $0) }
        ?? HTTPBodySequence(from: pieces))
  }
}

/// The bytes of a body, as FlyingFox asks for them.
private struct Pieces: AsyncBufferedSequence {
  typealias Element = UInt8

  let body: HTTPBody

  func makeAsyncIterator() -> Iterator { Iterator(pieces: body.makeAsyncIterator()) }

  struct Iterator: AsyncBufferedIteratorProtocol {
    var pieces: HTTPBody.AsyncIterator
    var held: ArraySlice<UInt8> = []

    mutating func next() async throws -> UInt8? { try await nextBuffer(suggested: 1)?.first }

    mutating func nextBuffer(suggested count: Int) async throws -> ArraySlice<UInt8>? {
      if held.isEmpty {
        guard let piece = try await pieces.next() else { return nil }
        held = piece[...]
      }
      defer { held = held.dropFirst(count) }
      return held.prefix(count)
    }
  }
}
