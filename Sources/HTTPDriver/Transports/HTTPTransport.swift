public import HTTPTypes

/// How a driver reaches a service: over the network, or by calling its code.
public struct HTTPTransport: Sendable {
  /// What a transport can do beyond plain exchanges; a test that needs what is missing fails by name.
  public struct Capabilities: OptionSet, Sendable {
    /// The set of bits.
    public let rawValue: Int

    /// Makes a set of bits.
    public init(rawValue: Int) {
      self.rawValue = rawValue
    }

    /// Exchanges go through sockets of the operating system.
    public static let sockets = Capabilities(rawValue: 1 << 0)
    /// A connection can leave HTTP by an upgrade, as WebSockets do.
    public static let upgrades = Capabilities(rawValue: 1 << 1)
  }

  let engine: any ExchangeTransport

  /// What this transport can do.
  public var capabilities: Capabilities { engine.capabilities }

  /// A service that listens at an address such as `http://127.0.0.1:8080`; each exchange has a connection
  /// of its own.
  ///
  /// A path in the address comes before the path of each request; user and password become an
  /// `Authorization` field. An address that cannot be used fails each exchange at its line.
  public static func address(_ address: String) -> HTTPTransport {
    do {
      return HTTPTransport(engine: LiveTransport(address: try ServiceAddress(parsing: address)))
    } catch {
      return HTTPTransport(engine: UnusableTransport(error: error))
    }
  }

  /// A service's code, called in process without sockets.
  ///
  /// Each exchange runs the handler in a task of its own, which is cancelled when the exchange ends
  /// early. What the handler throws is reported as such, where a server would answer with a 500.
  public static func handler(_ handler: @escaping HTTPHandler) -> HTTPTransport {
    HTTPTransport(engine: HandlerTransport(handler: handler))
  }
}

/// A service in one function: takes the request and its body, gives the response.
public typealias HTTPHandler = @Sendable (HTTPRequest, HTTPBody) async throws -> HTTPReply

/// What a handler answers.
public struct HTTPReply: Sendable {
  /// Status and header fields.
  public var head: HTTPResponse
  /// The body, sent piece by piece as it comes.
  public var body: HTTPBody

  /// Makes an answer.
  ///
  /// - Parameters:
  ///   - status: The status.
  ///   - body: The body. Its media type becomes `Content-Type`, unless `headers` has one.
  ///   - headers: The header fields.
  public init(
    _ status: HTTPResponse.Status = .ok, _ body: HTTPBody = .empty, headers: HTTPFields = [:]
  ) {
    head = HTTPResponse(status: status, headerFields: headers)
    if let type = body.contentType, headers[.contentType] == nil {
      head.headerFields[.contentType] = type
    }
    self.body = body
  }
}
