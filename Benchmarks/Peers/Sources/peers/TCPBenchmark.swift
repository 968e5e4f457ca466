import AsyncHTTPClient
import Foundation
import HTTPDriver
import NIOCore
import NIOHTTP1

/// A live Hummingbird service in a process of its own: this package's driver beside AsyncHTTPClient.
///
/// Each of them makes a connection for each exchange, and keeps its connections: AsyncHTTPClient unless it is told not to,
/// the driver where it is told to.
struct TCPBenchmark {
  let count: Int

  func run() async throws {
    try await withServiceProcess(
      CommandLine.arguments[0], arguments: ["service"], ready: .address(after: "listening on ")
    ) { service in
      try await withHTTPConnectionPool(.address(service.address)) { pooled in
        try await run(service.address, HTTPDriver(service.address), HTTPDriver(pooled))
      }
    }
  }

  private func run(_ address: String, _ http: HTTPDriver, _ pooled: HTTPDriver) async throws {
    let uncaptured = pooled.capturing(.nothing)
    let client = HTTPClient.shared
    var closing = HTTPClientRequest(url: "\(address)/items/7")
    let keeping = closing
    closing.headers.add(name: "Connection", value: "close")
    for connections in [1, 8, 64] {
      try await Turns(count: count).print(
        "GET over TCP, \(connections) at once",
        [
          way("AsyncHTTPClient, a connection each", connections) { [closing] in
            try await exchange(client, closing)
          },
          way("AsyncHTTPClient, kept connections", connections) {
            try await exchange(client, keeping)
          },
          way("HTTPDriver, a connection each", connections) {
            try await http.get("/items/7").expect(status: .ok)
          },
          way("HTTPDriver, kept connections", connections) {
            try await pooled.get("/items/7").expect(status: .ok)
          },
          way("HTTPDriver, kept, capture off", connections) {
            try await uncaptured.get("/items/7").expect(status: .ok)
          },
        ])
    }
  }

  private func way(
    _ title: String, _ connections: Int, _ exchange: @escaping @Sendable () async throws -> Void
  ) -> Turns.Way {
    .init(title: title) { count in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<connections {
          group.addTask { for _ in 0..<(count / connections) { try await exchange() } }
        }
        try await group.waitForAll()
      }
    }
  }

  @Sendable private func exchange(
    _ client: HTTPClient, _ request: HTTPClientRequest
  ) async throws {
    let response = try await client.execute(request, timeout: .seconds(10))
    _ = try await response.body.collect(upTo: 1 << 20)
    guard response.status == .ok else { throw Unexpected() }
  }
}
