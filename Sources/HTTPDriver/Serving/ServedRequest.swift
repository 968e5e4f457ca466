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
  private let isHTTP10: Bool
  private let channel: any Channel
  private let state: Lock<State>

  /// Makes a request of which the head has come; `isHTTP10` where its client speaks HTTP/1.0, which knows neither
  /// chunks nor informational responses.
  init(_ request: HTTPRequest, isHTTP10: Bool = false, channel: any Channel) {
    self.request = request
    self.isHTTP10 = isHTTP10
    self.channel = channel
    // From HTTP/1.0 it means nothing (RFC 9110, section 10.1.1).
    state = Lock(
      State(
        owesContinue: !isHTTP10
          && request.headerFields[.expect]?.lowercased() == "100-continue"))
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
      isReadOnce: true, trailers: { self.state.withLock { $0.trailers } }
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

  private func answer(_ handler: @escaping HTTPHandler) async throws {
    let reply = try await handler(request, body).checked()
    var question = ReplyFraming.Question(
      method: request.method, options: ReplyFraming.options(of: request.headerFields),
      isHTTP10: isHTTP10)
    let hasBody = try ReplyFraming(question, reply).body != .none
    // A client of HTTP/1.0 knows none (RFC 9110, section 15.2).
    for head in reply.informational where !isHTTP10 {
      try await write(.head(HTTPResponseHead(head)))
    }
    var pieces = reply.body.makeAsyncIterator()
    var first: [UInt8]?
    // A body that is made of the request's asks for that, which it cannot once the final head is sent.
    let asksFirst =
      reply.body.wholeBytes == nil && hasBody && state.withLock { $0.owesContinue }
    if asksFirst { first = try await pieces.next() }
    question.isUnasked = state.withLock { state in
      defer { state.owesContinue = false }
      return state.owesContinue
    }
    let framing = try ReplyFraming(question, reply)
    // The pipeline then takes no further request, and closes when both messages have come to their end.
    if !framing.persists {
      channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
    }
    var answer = reply.head
    answer.headerFields = framing.fields
    let head = HTTPServerResponsePart.head(HTTPResponseHead(answer))
    if let bytes = reply.body.wholeBytes {
      channel.write(head, promise: nil)
      if hasBody, !bytes.isEmpty {
        let part = HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(bytes: bytes)))
        channel.write(part, promise: nil)
      }
    } else {
      try await write(head)
      if hasBody {
        var length = ReplyLength(framing.body)
        var piece = asksFirst ? first : try await pieces.next()
        while let bytes = piece {
          try length.take(bytes)
          try await write(.body(.byteBuffer(ByteBuffer(bytes: bytes))))
          piece = try await pieces.next()
        }
        try length.finish()
      }
    }
    // Only chunks have room for them behind (RFC 9112, section 7.1.2).
    let trailers = framing.body == .chunked ? reply.body.trailers : [:]
    try await write(.end(trailers.isEmpty ? nil : HTTPHeaders(trailers)))
  }

  private func write(_ part: HTTPServerResponsePart) async throws(ConnectionGone) {
    do {
      try await channel.writeAndFlush(part).settled()
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
