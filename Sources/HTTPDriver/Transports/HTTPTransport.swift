package import HTTPTypes
package import NIOCore

/// How a driver reaches a service: over the network, through memory, or by calling its code.
///
/// One suite runs over all of them; ``capabilities`` says what a way can do that others cannot.
public struct HTTPTransport: Sendable {
  let engine: any ExchangeTransport
  /// What failures and reports call it, such as `handler` or `http://127.0.0.1:8080`.
  public let name: String

  init(name: String, engine: any ExchangeTransport) {
    self.name = name
    self.engine = engine
  }

  /// What this transport can do.
  public var capabilities: Capabilities { engine.capabilities }

  /// A service that listens at an address such as `http://127.0.0.1:8080`; each exchange has a connection
  /// of its own.
  ///
  /// A path in the address comes before the path of each request; user and password become an
  /// `Authorization` field. `unix:` and a path is a Unix socket, as for ``unixSocket(_:)``. An address that cannot be used
  /// fails each exchange at its line.
  public static func address(_ address: String) -> HTTPTransport {
    if let path = socketPath(in: address) { return .unixSocket(path) }
    do {
      let parsed = try ServiceAddress(parsing: address)
      let connector = SocketConnector(target: .tcp(host: parsed.host, port: parsed.port))
      return HTTPTransport(
        name: SecretMask.maskURLPasswords(address),
        engine: WireTransport(connector: connector, address: parsed, capabilities: .overSockets))
    } catch {
      return HTTPTransport(name: error.address, engine: UnusableTransport(error: error))
    }
  }

  /// The path in an address such as `unix:/run/service.sock`, which is the name of such a transport; nil in others.
  static func socketPath(in address: String) -> String? {
    address.hasPrefix("unix:/") ? String(address.dropFirst("unix:".count)) : nil
  }

  /// A service that listens on a Unix socket, by the path of its file.
  ///
  /// Requests name `localhost` as their host. A path of more than 103 bytes fails each exchange at its line: the
  /// operating system has no room for it.
  public static func unixSocket(_ path: String) -> HTTPTransport {
    guard path.utf8.count <= SocketConnector.pathLimit, !path.isEmpty else {
      let reason =
        "a path has 1 to \(SocketConnector.pathLimit) bytes, and this one \(path.utf8.count)"
      return HTTPTransport(
        name: path,
        engine: UnusableTransport(error: ServiceAddressError(address: path, reason: reason)))
    }
    return HTTPTransport(
      name: "unix:\(path)",
      engine: WireTransport(
        connector: SocketConnector(target: .unix(path: path)),
        address: ServiceAddress(unixSocket: path), capabilities: .overSockets))
  }

  /// A service's code, called in process without sockets.
  ///
  /// Each exchange runs the handler in a task of its own, which is cancelled when the exchange ends
  /// early. What the handler throws is reported as such, where a server would answer with a 500.
  public static func handler(_ handler: @escaping HTTPHandler) -> HTTPTransport {
    calling(name: "handler", capabilities: .inProcess) { request, body, sink in
      try await sink.send(try await handler(request, body).checked(), to: request)
    }
  }

  /// A service's code behind HTTP/1.1 on a stream of bytes in memory: real framing, chunks and back pressure,
  /// without a socket.
  ///
  /// What the handler throws is reported as such, where a server would answer with a 500.
  public static func memory(_ handler: @escaping HTTPHandler) -> HTTPTransport {
    memory(name: "memory", capabilities: .inMemory) { channel, watch in
      try HandlerConnection.furnish(channel, handler: handler, watch: watch)
    }
  }

  /// A service of bytes in memory, for servers that bring their own protocol; `accept` is called with each
  /// connection on its event loop, before it reads.
  package static func memory(
    bytes accept: @escaping @Sendable (ByteStream) -> Void
  ) -> HTTPTransport {
    memory(name: "memory", capabilities: .inMemory) { channel, _ in
      accept(try ByteStream(of: channel))
    }
  }

  /// A server of a framework behind HTTP/1.1 in memory; `accept` furnishes each connection on its event loop, before
  /// it reads.
  package static func memory(
    name: String, capabilities: Capabilities,
    accept: @escaping @Sendable (any Channel, ServiceWatch) throws -> Void
  ) -> HTTPTransport {
    HTTPTransport(
      name: name,
      engine: WireTransport(
        connector: MemoryConnector(accept: accept), address: .memory, capabilities: capabilities))
  }

  /// A service that is called in process, and puts its answer into a sink as it comes; what it throws is reported as
  /// such.
  package static func calling(
    name: String, capabilities: Capabilities,
    _ answer: @escaping @Sendable (HTTPRequest, HTTPBody, ResponseSink) async throws -> Void
  ) -> HTTPTransport {
    HTTPTransport(name: name, engine: CallTransport(capabilities: capabilities, answer: answer))
  }

  /// A channel for frameworks that hand one to their handlers, where there is no connection: it says that its peer is
  /// on this machine, has a real event loop, and carries nothing.
  package static let channelLeadingNowhere: any Channel = MemoryChannel.leadingNowhere(
    from: try? SocketAddress(ipAddress: "127.0.0.1", port: 1))
}

extension HTTPTransport: CustomStringConvertible, CustomReflectable {
  /// Its name, such as `http://127.0.0.1:8080`, without the password of its address.
  public var description: String { name }

  /// Its name alone: what carries its exchanges has the credentials of the address.
  public var customMirror: Mirror { Mirror(self, children: ["name": name]) }
}
