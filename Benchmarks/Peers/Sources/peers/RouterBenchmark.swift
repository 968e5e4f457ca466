import Foundation
import HTTPDriver
import HTTPDriverHummingbird
import Hummingbird
import HummingbirdTesting

/// One router in process: this package's driver beside HummingbirdTesting's router test.
struct RouterBenchmark {
  let count: Int

  func run() async throws {
    let application = Application(router: makeBenchmarkRouter(), logger: .quiet)
    let http = HTTPDriver(.hummingbird(router: makeBenchmarkRouter(), logger: .quiet))
    let turns = Turns(count: count)
    try await application.test(.router) { client in
      try await turns.print(
        "GET",
        [
          .init(title: "HummingbirdTesting, .router") { count in
            for _ in 0..<count {
              try await client.execute(uri: "/items/7", method: .get) { response in
                guard response.status == .ok else { throw Unexpected() }
              }
            }
          },
          .init(title: "HTTPDriverHummingbird, in process") { count in
            for _ in 0..<count { try await http.get("/items/7").expect(status: .ok) }
          },
        ])
      let body = makeOrder()
      try await turns.print(
        "POST of 1 KiB",
        [
          .init(title: "HummingbirdTesting, .router") { count in
            for _ in 0..<count {
              try await client.execute(
                uri: "/orders", method: .post, headers: [.contentType: "application/json"],
                body: ByteBuffer(bytes: body)
              ) { response in
                guard response.status == .ok else { throw Unexpected() }
              }
            }
          },
          .init(title: "HTTPDriverHummingbird, in process") { count in
            for _ in 0..<count {
              try await http.post("/orders", .bytes(body, contentType: "application/json"))
                .expect(status: .ok)
            }
          },
        ])
    }
  }
}

/// A kibibyte of JSON.
func makeOrder() -> [UInt8] {
  let items = (0..<60).map { "\"item number \($0)\"" }.joined(separator: ",")
  return Array("{\"items\":[\(items)]}".utf8)
}

/// A service answered what the benchmark did not ask for.
struct Unexpected: Error {}
