import Testing
import WSDriver

extension WSConformanceCase {
  static let crowds = [
    WSConformanceCase("many hear what is told to all of them") { medium in
      let everybody = Mailbox<WSSocket>("everybody")
      try await medium.serve { peer in
        everybody.send(peer)
        await peer.respond { $0 }
      } _: { transport in
        let count = 100
        try await WSDriver(HTTPDriver(transport)).connectMany(count, path: { "/\($0)" }) { crowd in
          let clients = try await everybody.collect(count: count)
          let latencies = try await crowd.fanOut(.text("news")) {
            for client in clients { try client.send(text: "news") }
          }
          #expect(latencies.count == count)
          #expect(latencies.maximum > .zero)
        }
      }
    }
  ]
}
