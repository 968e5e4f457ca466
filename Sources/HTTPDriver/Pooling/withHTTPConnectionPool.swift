import HarnessReporting

/// Runs `body` with a transport whose exchanges keep their connections for the next ones.
///
/// Other transports make a connection for each exchange, so that a test knows which one was used, and a cancellation
/// closes nothing else. With a pool, exchanges cost less, and the service is used as its clients use it. Which
/// connection carried an exchange is ``HTTPExchange/connection``.
///
/// ```swift
/// try await withHTTPConnectionPool(.address("http://127.0.0.1:8080")) { pooled in
///   let http = HTTPDriver(pooled)
///   let first = try await http.get("/a").expect(status: .ok)
///   let second = try await http.get("/b").expect(status: .ok)
///   #expect(second.connection?.number == first.connection?.number)
/// }
/// ```
///
/// A connection is kept when its exchange was complete in both directions, and neither side said `Connection: close`;
/// HTTP/1.0 keeps it only where the server says `keep-alive`. One that was cancelled, failed or left is closed. Upgrades
/// and raw bytes have connections of their own. As many connections are made as exchanges run at once.
///
/// Where the server closed a kept connection before any byte of an answer came, a request that is idempotent and whose
/// body is one piece in memory is sent again, once, over a new connection, which ``HTTPConnectionUse/repeatedAfter`` tells; any
/// other fails, and says so. Bytes that belong to no answer close their connection, and are told as a warning of the test
/// when the scope ends.
///
/// Sightings of a service in memory are not told apart by exchange, so they are missing.
///
/// `transport` is one over HTTP/1.1: TCP, a Unix socket, memory, or TLS over one of them. So many idle connections are kept
/// as `maxIdle` says; beyond it, the one that was idle for the longest is closed. One that was idle for longer than
/// `idleTimeout` is no longer used, which is looked at when an exchange begins and ends, and not in between. In the end
/// every connection is closed.
///
/// Source: RFC 9112, section 9.3, and RFC 9110, section 9.2.2.
///
/// - Returns: What `body` returns.
/// - Throws: An ``HTTPConnectionPoolUnavailable`` where the transport has no connections of HTTP/1.1, and what `body`
///   throws.
@discardableResult
public func withHTTPConnectionPool<R>(
  _ transport: HTTPTransport, maxIdle: Int = 64, idleTimeout: Duration = .seconds(60),
  fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
  column: UInt = #column, _ body: (HTTPTransport) async throws -> R
) async throws -> R {
  let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
  // It fails each exchange at its line, and says why.
  if transport.engine is UnusableTransport { return try await body(transport) }
  guard let wire = transport.engine as? WireTransport, wire.codec == .http1 else {
    throw HTTPConnectionPoolUnavailable(transport: transport.name)
  }
  let reporter = Reporter()
  let pool = ConnectionPool(
    wire.connector, hearsService: wire.capabilities.contains(.serviceSightings), limit: maxIdle,
    timeout: idleTimeout)
  let pooled = HTTPTransport(
    name: "\(transport.name), pooled", engine: PooledTransport(each: wire, pool: pool))
  let result: Result<R, any Error>
  do {
    result = .success(try await body(pooled))
  } catch {
    result = .failure(error)
  }
  await pool.close()
  if let late = pool.lateBytes { reporter.note("\(pooled): \(late)", at: site) }
  return try result.get()
}

/// A transport has no connections that could be kept.
public struct HTTPConnectionPoolUnavailable: Error, Sendable, CustomStringConvertible {
  /// The name of the transport.
  public let transport: String

  /// What was asked for, and what to use instead.
  public var description: String {
    """
    the transport \(transport) has no connections of HTTP/1.1 that a pool could keep: it calls a handler, has a pool \
    already, or speaks HTTP/2, whose exchanges share a connection in withHTTP2Connection
    """
  }
}
