/// HTTP/1.1 over the connections of a pool, one exchange after the other on each.
///
/// What leaves HTTP, or never was, has a connection of its own, and is none of the pool's.
struct PooledTransport: ExchangeTransport {
  let each: WireTransport
  let pool: ConnectionPool

  var capabilities: HTTPTransport.Capabilities {
    each.capabilities.subtracting(.serviceSightings)
  }
  var address: ServiceAddress? { each.address }

  func start(_ run: ExchangeRun) -> any ExchangeConnection {
    if run.plan.kind.needsBytes { return each.start(run) }
    let exchange = PooledExchange(run: run, pool: pool)
    exchange.start()
    return exchange
  }
}

extension ConnectionPool {
  /// Why an exchange failed that came too late.
  static let isOver = "the scope of withHTTPConnectionPool, which owned the connections, is over"
}
