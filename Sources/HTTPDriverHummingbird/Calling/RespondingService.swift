#if Hummingbird
  import HTTPDriver
  import HTTPTypes
  import Hummingbird
  import HummingbirdCore
  import Logging
  import NIOCore
  import NIOHTTP1

  /// A responder with what the application puts around it: a context for each request, a 500 for what is thrown, the
  /// server's name.
  ///
  /// Source: `ApplicationProtocol.run()` of Hummingbird 2.
  struct RespondingService<Responder: HTTPResponder>: Sendable
  where Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
    let responder: Responder
    let logger: Logger
    let serverName: String?

    /// Makes the response, and tells what was thrown where that is a 500.
    ///
    /// - Throws: Errors of the HTTP parser alone, which the server answers itself.
    func respond(
      to request: Request, on channel: any Channel, threw: @Sendable (any Error) -> Void
    ) async throws -> Response {
      var logger = logger
      logger[metadataKey: "hb.request.id"] = .stringConvertible(RequestID())
      var response: Response
      do {
        response = try await withLogger(logger) { logger in
          let source = ApplicationRequestContextSource(channel: channel, logger: logger)
          return try await responder.respond(
            to: request, context: Responder.Context(source: source))
        }
      } catch let error as HTTPParserError {
        throw error
      } catch {
        threw(error)
        response = Response(status: .internalServerError)
      }
      if let serverName { response.headers[.server] = serverName }
      return response
    }

    /// Answers a request that is not sent over any connection.
    func answer(_ request: HTTPRequest, _ body: HTTPBody, into sink: ResponseSink) async throws {
      let request = Request(
        head: Self.received(request),
        body: RequestBody(asyncSequence: RequestPieces(body: body)))
      let response = try await respond(
        to: request, on: HTTPTransport.channelLeadingNowhere, threw: sink.serviceThrew)
      sink.head(response.head)
      guard request.method != .head else { return sink.end(trailers: [:]) }
      let writer = SinkWriter(sink: sink)
      try await response.body.write(writer)
      if !writer.isFinished { throw UnfinishedBody() }
    }

    /// The head as a server hands it on: `Host` has become the authority.
    private static func received(_ request: HTTPRequest) -> HTTPRequest {
      var head = request
      head.scheme = "http"
      if let host = HTTPField.Name("Host"), let authority = head.headerFields[host] {
        head.authority = authority
        head.headerFields[host] = nil
      } else if head.authority == nil {
        head.authority = "localhost"
      }
      return head
    }
  }

  /// A response's body came to no end.
  struct UnfinishedBody: Error, CustomStringConvertible {
    var description: String {
      "nothing, but left the response's body without an end: call finish(_:) of the body's writer"
    }
  }
#endif
