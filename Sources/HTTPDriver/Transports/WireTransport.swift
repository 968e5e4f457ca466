/// HTTP over the connections of a connector, one for each exchange.
struct WireTransport: ExchangeTransport {
  let connector: any Connector
  let address: ServiceAddress?
  let capabilities: HTTPTransport.Capabilities
  var codec = WireCodec.http1

  func start(_ run: ExchangeRun) -> any ExchangeConnection {
    if codec == .parts, run.plan.kind.needsBytes {
      let needed = run.plan.kind.needs
      run.update {
        $0.end(.failed(.misuse, "\(needed) needs HTTP/1.1, and the transport speaks HTTP/2"))
      }
      return NoConnection()
    }
    let connection = WireConnection(run: run, codec: codec)
    connection.start(through: connector)
    return connection
  }
}

/// What a connector's channels carry.
package enum WireCodec: Sendable, Hashable {
  /// Bytes, which the transport reads and writes as HTTP/1.1.
  case http1
  /// NIO's parts of messages: what speaks the protocol is in the channel already.
  case parts
}

extension HTTPTransport {
  /// A transport over connections that another module makes.
  package static func wire(
    name: String, connector: any Connector, address: ServiceAddress, capabilities: Capabilities,
    codec: WireCodec
  ) -> HTTPTransport {
    HTTPTransport(
      name: name,
      engine: WireTransport(
        connector: connector, address: address, capabilities: capabilities, codec: codec))
  }

  /// What it is made of; nil where it has no connections.
  package var wireParts: (connector: any Connector, address: ServiceAddress)? {
    guard let wire = engine as? WireTransport, let address = wire.address else { return nil }
    return (wire.connector, address)
  }

  /// Whether it fails each exchange at its line, as its address cannot be used.
  package var isUnusable: Bool { engine is UnusableTransport }

  /// A transport that fails each exchange at its line, as its address cannot be used.
  package static func unusable(_ error: ServiceAddressError) -> HTTPTransport {
    HTTPTransport(name: error.address, engine: UnusableTransport(error: error))
  }
}
