import HTTPTypes
import HarnessLock
import NIOCore
import NIOHTTP1

/// One request that a handler answers over a connection.
final class ServedRequest: Sendable {
  /// What has come of the body, and was not read yet.
  let pipe = BodyPipe()

  private struct State {
    var trailers = HTTPFields()
    var task: Task<Void, Never>?
    /// Whether the client waits to be asked for the body.
    var owesContinue: Bool
  }

  private let request: HTTPRequest
  private let channel: any Channel
  private let state: Lock<State>

  init(_ request: HTTPRequest, channel: any Channel) {
    self.request = request
    self.channel = channel
    state = Lock(
      State(owesContinue: request.headerFields[.expect]?.lowercased() == "100-continue"))
  }

  func start(_ handler: @escaping HTTPHandler, _ watch: ServiceWatch) {
    let task = Task {
      await withTaskCancellationHandler {
        do {
          try await answer(handler)
        } catch is ConnectionGone {
          watch.cancelled()
        } catch {
          if Task.isCancelled { watch.cancelled() } else { watch.failed(error) }
          channel.close(promise: nil)
        }
        watch.finished()
        // What the handler left of the body must not hold up the request that comes next.
        pipe.discard(throwing: RequestAnswered())
      } onCancel: {
        watch.cancelled()
      }
    }
    state.withLock { $0.task = task }
  }

  /// The body has come to its end.
  func finish(trailers: HTTPFields) {
    state.withLock { $0.trailers = trailers }
    pipe.finish()
  }

  /// The client is gone.
  ///
  /// The task is cancelled first: what the handler then throws because its body ends is no fault of it.
  func cancel() {
    state.withLock { $0.task }?.cancel()
    pipe.finish(throwing: CancellationError())
  }

  private var body: HTTPBody {
    HTTPBody(
      contentType: request.headerFields[.contentType],
      length: request.headerFields[.contentLength].flatMap(Int.init), repetition: .inline,
      trailers: { self.state.withLock { $0.trailers } }
    ) {
      ServedReader(request: self)
    }
  }

  /// Asks for the body, as soon as the handler does.
  ///
  /// Source: RFC 9110, section 10.1.1.
  fileprivate func askForBody() async throws {
    let owes = state.withLock { state in
      defer { state.owesContinue = false }
      return state.owesContinue
    }
    guard owes else { return }
    try await write(.head(HTTPResponseHead(version: .http1_1, status: .continue)))
  }

  private func answer(_ handler: HTTPHandler) async throws {
    let reply = try await handler(request, body).checked()
    for head in reply.informational { try await write(.head(HTTPResponseHead(head))) }
    var pieces = reply.body.makeAsyncIterator()
    var first: [UInt8]?
    // A body that is made of the request's asks for that, which it cannot once the final head is sent.
    let asksFirst =
      reply.body.wholeBytes == nil && request.method != .head
      && state.withLock { $0.owesContinue }
    if asksFirst { first = try await pieces.next() }
    state.withLock { $0.owesContinue = false }
    var head = HTTPResponseHead(reply.head)
    if let length = reply.body.length, !head.headers.contains(name: "content-length"),
      !head.headers.contains(name: "transfer-encoding")
    {
      head.headers.add(name: "Content-Length", value: String(length))
    }
    if let bytes = reply.body.wholeBytes {
      channel.write(HTTPServerResponsePart.head(head), promise: nil)
      if request.method != .head, !bytes.isEmpty {
        let part = HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(bytes: bytes)))
        channel.write(part, promise: nil)
      }
    } else {
      try await write(.head(head))
      if request.method != .head {
        var piece = asksFirst ? first : try await pieces.next()
        while let bytes = piece {
          try await write(.body(.byteBuffer(ByteBuffer(bytes: bytes))))
          piece = try await pieces.next()
        }
      }
    }
    let trailers = reply.body.trailers
    try await write(.end(trailers.isEmpty ? nil : HTTPHeaders(trailers)))
  }

  private func write(_ part: HTTPServerResponsePart) async throws(ConnectionGone) {
    do {
      try await channel.writeAndFlush(part).get()
    } catch {
      throw ConnectionGone()
    }
  }
}

/// The client is gone, which is no fault of the handler.
private struct ConnectionGone: Error {}

/// What reads the rest of a request's body after the answer gets.
private struct RequestAnswered: Error, CustomStringConvertible {
  var description: String { "the request was answered before its body was read to the end" }
}

/// Reads the body of a request as it comes.
private struct ServedReader: BodyReader {
  let request: ServedRequest

  mutating func read() async throws -> [UInt8]? {
    try await request.askForBody()
    if let piece = await request.pipe.next() { return piece }
    if let error = request.pipe.error { throw error }
    return nil
  }
}
