#if Hummingbird
  public import HTTPDriver
  public import Hummingbird
  public import Logging

  extension HTTPTransport {
    /// A Hummingbird router, called in process: no server, no socket, no bytes on a wire.
    ///
    /// ```swift
    /// let http = HTTPDriver(.hummingbird(router: makeRouter()))
    /// ```
    ///
    /// Each exchange runs the router in a task of its own, with a context of its own, and cancels the task when the
    /// exchange ends early. Bodies are streamed in both directions. What the router throws is answered with a 500, as
    /// Hummingbird's server does, and reaches the test as `HTTPExchange.serviceError` and in every failure.
    ///
    /// - Parameters:
    ///   - router: The router, or whatever else builds a responder. It must be complete: routes that are added later
    ///     are not seen.
    ///   - logger: The logger of the requests; each has `hb.request.id` in its metadata.
    /// - Returns: The transport, for `HTTPDriver` and `expectSameExchanges`.
    public static func hummingbird<Builder: HTTPResponderBuilder>(
      router: Builder, logger: Logger = Logger(label: "Hummingbird")
    ) -> HTTPTransport
    where Builder.Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
      hummingbird(responder: router.buildResponder(), logger: logger)
    }

    /// A Hummingbird responder, called in process: what stands between a request and its response.
    ///
    /// It is called as ``hummingbird(router:logger:)`` calls a router.
    public static func hummingbird<Responder: HTTPResponder>(
      responder: Responder, logger: Logger = Logger(label: "Hummingbird")
    ) -> HTTPTransport
    where Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
      calling(RespondingService(responder: responder, logger: logger, serverName: nil))
    }

    static func calling<Responder: HTTPResponder>(
      _ service: RespondingService<Responder>
    ) -> HTTPTransport {
      // Hummingbird's responders have no way to send informational responses.
      calling(name: "hummingbird", capabilities: [.trailers, .serviceSightings]) {
        request, body, sink in
        try await service.answer(request, body, into: sink)
      }
    }
  }
#endif
