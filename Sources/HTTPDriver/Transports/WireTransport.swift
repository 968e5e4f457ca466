/// HTTP/1.1 over the connections of a connector, one for each exchange.
struct WireTransport: ExchangeTransport {
  let connector: any Connector
  let address: ServiceAddress?
  let capabilities: HTTPTransport.Capabilities

  func start(_ run: ExchangeRun) -> any ExchangeConnection {
    let connection = WireConnection(run: run)
    connection.start(through: connector)
    return connection
  }
}
