import HarnessLoopback
import HarnessWebSocket
import Testing
import Waiters

@testable import WSDriver

@Suite struct `Many WebSockets` {
  @Test func `hear what is told to all of them`() async throws {
    let everybody = Mailbox<WSSocket>("everybody")
    try await withWSServer { client in
      everybody.send(client)
      await client.respond { $0 }
    } _: { server in
      let count = 300
      try await WSDriver(HTTPDriver(server.address))
        .connectMany(count, path: { "/\($0)" }) { crowd in
          #expect(crowd.sockets.count == count)
          #expect(crowd.opening.count == count)
          let clients = try await everybody.collect(count: count)
          let latencies = try await crowd.fanOut(.text("news")) {
            for client in clients { try client.send(text: "news") }
          }
          #expect(latencies.count == count)
          #expect(latencies.percentile(50) <= latencies.percentile(99))
          #expect(latencies.maximum > .zero)
        }
    }
  }

  @Test func `fail once for all that are missing`() async throws {
    let everybody = Mailbox<WSSocket>("everybody")
    try await withWSServer { client in
      // What came before the trigger is no answer to it.
      try client.send(text: "news")
      everybody.send(client)
      await client.respond { $0 }
    } _: { server in
      let texts = try await failureTexts {
        try await WSDriver(HTTPDriver(server.address)).connectMany(3, path: { "/\($0)" }) { crowd in
          let clients = try await everybody.collect(count: 3)
          for socket in crowd.sockets { try await socket.ping() }
          try await crowd.fanOut(.text("news"), within: .milliseconds(500)) {
            for client in clients where client.request.path != "/1" {
              try client.send(text: "news")
            }
          }
        }
      }
      #expect(texts.count == 1)
      #expect(
        texts.first?.hasPrefix(
          "1 of 3 WebSockets did not get the text \"news\" within "
            + "\(Deadline.effective(within: .milliseconds(500)))\n  missing   1\n  first     number 1: it did not come\n"
        ) == true, "\(texts)")
    }
    let options = WSServer.Options { request in
      request.path == "/2" ? .refuse(.serviceUnavailable) : .accept()
    }
    try await withWSServer(options) {
      await $0.respond { $0 }
    } _: { server in
      let texts = try await failureTexts {
        try await WSDriver(HTTPDriver(server.address)).connectMany(3, path: { "/\($0)" }) { _ in }
      }
      #expect(texts.count == 1)
      #expect(
        texts.first?.hasPrefix(
          "1 of 3 WebSockets did not open\n  first     number 2: status 503, expected 101\n")
          == true,
        "\(texts)")
    }
  }
}

@Suite struct `A histogram of latencies` {
  @Test func `is at most 1.6 % off`() {
    var random = SystemRandomNumberGenerator()
    var histogram = LatencyHistogram()
    var values: [Duration] = []
    for exponent in 0..<40 {
      for _ in 0..<50 {
        let value = Duration.nanoseconds(
          Int64.random(in: (1 << exponent)...(2 << exponent), using: &random))
        values.append(value)
        histogram.record(value)
      }
    }
    values.sort()
    #expect(histogram.count == values.count)
    #expect(histogram.minimum == values.first)
    #expect(histogram.maximum == values.last)
    for percent in [0.0, 1, 10, 50, 90, 99, 99.9, 100] {
      let rank = max(1, Int((percent / 100 * Double(values.count)).rounded(.up)))
      let exact = values[rank - 1]
      let found = histogram.percentile(percent)
      #expect(found >= exact, "\(percent)")
      #expect(found <= exact * 1.016 + .nanoseconds(1), "\(percent)")
    }
  }

  @Test func `takes in what is empty, negative or endless`() {
    var histogram = LatencyHistogram()
    #expect(histogram.percentile(50) == .zero)
    #expect(histogram.mean == .zero)
    #expect("\(histogram)" == "no values")
    histogram.record(.seconds(-1))
    histogram.record(.seconds(Int64.max))
    #expect(histogram.count == 2)
    #expect(histogram.minimum == .zero)
    #expect(histogram.percentile(100) > .seconds(1_000_000_000))
  }
}
