public import HTTPDriver

/// A WebSocket server in the test's own process, for testing clients.
///
/// ```swift
/// try await withWSServer { client in
///   try await client.expectNext(.json(including: ["subscribe": "prices"]))
///   try client.send(json: ["price": 9.5])
///   try await client.expectClose(code: .normalClosure)
/// } _: { server in
///   try await runTheClient(against: server.url)
/// }
/// ```
///
/// See ``withWSServer(_:script:_:)``.
public struct WSServer: Sendable {
  /// How a driver reaches it, wherever it listens: `WSDriver(HTTPDriver(server.transport))`.
  public let transport: HTTPTransport

  /// The port on 127.0.0.1; nil for a server on a Unix socket or in memory.
  public let port: Int?

  /// Whether its clients speak TLS.
  let isSecure: Bool

  /// The address for an HTTP driver, such as `http://127.0.0.1:41234`.
  ///
  /// For a server without a port it is the name of its ``transport``. One over TLS is driven by its ``transport``, which
  /// knows whom to trust.
  public var address: String { transport.name }

  /// The address as WebSocket clients write it, such as `ws://127.0.0.1:41234`; `wss://…` over TLS.
  ///
  /// For a server without a port it is the name of its ``transport``.
  public var url: String {
    port.map { "\(isSecure ? "wss" : "ws")://127.0.0.1:\($0)" } ?? transport.name
  }

  /// How a server is set up.
  public struct Options: Sendable {
    /// How its side of each WebSocket is set up.
    public var socket: WSOptions
    /// The subprotocols that it knows; of those that a client offers it takes the first.
    public var subprotocols: [String]
    /// Where it takes its connections; a port of 127.0.0.1 that the system assigns, unless said otherwise.
    public var place: WSServer.Place
    /// What it answers a request with that asks for a WebSocket as it should.
    public var answer: @Sendable (HTTPRequest) -> WSServer.Answer

    /// Sets up a server that accepts every WebSocket.
    public init(
      _ socket: WSOptions = WSOptions(), subprotocols: [String] = [],
      place: WSServer.Place = .tcp(),
      answer: @escaping @Sendable (HTTPRequest) -> WSServer.Answer = { _ in .accept() }
    ) {
      self.socket = socket
      self.subprotocols = subprotocols
      self.place = place
      self.answer = answer
    }
  }

  /// What a server answers an opening handshake with.
  public enum Answer: Sendable {
    /// A 101, with these header fields besides those of the handshake; one of the same name takes their place.
    case accept(headers: HTTPFields = [:])
    /// Another status with a body, after which the connection is closed.
    case refuse(HTTPResponse.Status, headers: HTTPFields = [:], body: [UInt8] = [])
    /// Exactly these bytes, right or wrong, and then the end that is named.
    case bytes([UInt8], then: Ending)
  }

  /// How a server goes on after bytes of its own.
  public enum Ending: Sendable {
    /// Leaves the connection open and says no more.
    case hold
    /// Closes the connection in good order.
    case close
    /// Resets the connection; a Unix socket, which cannot be reset, is closed.
    case reset
  }
}
