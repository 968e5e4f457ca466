import HTTPTypes
import Testing
import Waiters

@testable import HTTPDriver

extension ConnectionPool {
  /// Adds a connection whose exchange ended before it was sent.
  func parkUnused() async throws {
    let request = HTTPRequest(method: .get, scheme: "http", authority: "a", path: "/")
    let run = ExchangeRun(
      ExchangePlan(
        request: request, body: .empty, deadline: .effective(within: nil), responseLimit: 1))
    run.update { $0.end(.cancelled) }
    let parked = Signal<Bool>("the connection is parked")
    connector.connect(
      watch: ServiceWatch(), opened: { _ in },
      connected: { result in
        let handler = try? PooledHandler.furnish(result.get(), for: self, relay: WatchRelay(run))
        parked.send(handler?.begin(PooledExchange(run: run, pool: self)) == true)
      })
    #expect(try await parked.value())
  }

  /// A pool of connections in memory to a server of bytes.
  convenience init(
    to server: ScriptedConnections, limit: Int = 64, timeout: Duration = .seconds(3_600)
  ) {
    self.init(
      MemoryConnector { channel, _ in server.accept(try ByteStream(of: channel)) },
      hearsService: false, limit: limit, timeout: timeout)
  }

  /// What sends its exchanges over it.
  var transport: HTTPTransport {
    HTTPTransport(
      name: "memory, pooled",
      engine: PooledTransport(
        each: WireTransport(
          connector: connector, address: .memory, capabilities: .inMemory), pool: self))
  }
}
