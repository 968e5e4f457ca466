import Foundation
import HTTPDriver
import HarnessLoopback
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
      let port = try await withScriptedServer(ServerScript("", then: .hold)) { $0.port }
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

  /// The sockets that some process still holds with this port at the other end.
  ///
  /// Columns of `/proc/net/tcp` are: 2 the remote address and port, 9 the inode, which is 0 for a socket
  /// that no process holds.
  func socketsTo(port: Int) throws -> Int {
    // A file of the system has no size, and each read gives less than was asked for: `String(contentsOfFile:)` takes that
    // for its end, and sees the first page alone. (Swift 6.3.1)
    let file = try FileHandle(forReadingFrom: URL(filePath: "/proc/net/tcp"))
    defer { try? file.close() }
    var bytes = Data()
    while let page = try file.read(upToCount: 64 << 10), !page.isEmpty { bytes += page }
    let table = String(decoding: bytes, as: UTF8.self)
    return table.split(separator: "\n").dropFirst().filter { line in
      let columns = line.split(separator: " ")
      guard columns.count > 9 else { return false }
      let remote = columns[2].split(separator: ":").last.flatMap { Int($0, radix: 16) }
      return remote == port && columns[9] != "0"
    }.count
  }
#endif
