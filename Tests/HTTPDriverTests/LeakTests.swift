import HTTPDriver
import HarnessLoopback
import HarnessProcess
import Testing
import Waiters

#if os(Linux)
  @Suite struct `Sockets of ended exchanges` {
    @Test func `are closed when the exchange returns`() async throws {
      let sightings = Mailbox<ServerSighting>("server")
      let script = ServerScript("", then: .hold)
      try await withScriptedServer(script, sightings: sightings) { server in
        let http = HTTPDriver(server.address)
        for _ in 0..<100 {
          let exchange = Task { await http.outcome(.get, "/") }
          _ = try await sightings.first { if case .requestHead = $0 { true } else { false } }
          exchange.cancel()
          guard case .cancelled = await exchange.value else {
            Issue.record("not cancelled")
            return
          }
        }
        for _ in 0..<20 { _ = await http.outcome(.get, "/", within: .milliseconds(1)) }
        #expect(try socketsTo(port: server.port) == 0)
      }
    }

    @Test func `leave no descriptor behind, after a thousand of every kind`() async throws {
      // Held, and nobody listens: a port that was let go may be given to another test's server meanwhile.
      let held = try LoopbackSocket.holding()
      defer { held.close() }
      let port = held.port
      let refused = HTTPDriver("http://127.0.0.1:\(port)")
      let named = HTTPDriver("http://localhost:\(port)")
      let script = ServerScript("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", then: .hold)
      try await withScriptedServer(script) { server in
        let http = HTTPDriver(server.address)
        for _ in 0..<1_000 {
          try await http.get("/").expect(status: .ok)
          #expect(await refused.outcome(.get, "/").error?.code == .connectionRefused)
        }
        for _ in 0..<100 {
          #expect(await named.outcome(.get, "/").error?.code == .connectionRefused)
        }
        #expect(try socketsTo(port: server.port) == 0)
        #expect(try socketsTo(port: port) == 0)
      }
    }
  }
#endif
