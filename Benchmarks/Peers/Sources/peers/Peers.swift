import Foundation
import HTTPDriver
import HTTPDriverHummingbird
import Hummingbird
import Logging

/// Measures this package's drivers beside others': `peers router [EXCHANGES]`, `peers tcp [EXCHANGES]`.
@main struct Peers {
  static func main() async throws {
    let arguments = CommandLine.arguments.dropFirst()
    let count = arguments.dropFirst().first.flatMap { Int($0) } ?? 2_000
    switch arguments.first {
    case "router": try await RouterBenchmark(count: count).run()
    case "tcp": try await TCPBenchmark(count: count).run()
    case "service": try await serve()
    default: print("usage: peers router|tcp [EXCHANGES]")
    }
  }

  private static func serve() async throws {
    try await withHummingbirdApplication(
      Application(router: makeBenchmarkRouter(), logger: .quiet), over: .tcp
    ) { transport in
      // Not by `print`, which keeps the line while nobody reads a terminal.
      FileHandle.standardOutput.write(Data("listening on \(transport.name)\n".utf8))
      let end = AsyncStream<Void> { _ in }
      for await _ in end {}
    }
  }
}

/// What all of them ask: a short JSON, and a body of a kibibyte that is decoded.
func makeBenchmarkRouter() -> Router<BasicRequestContext> {
  struct Order: Decodable {
    var items: [String]
  }
  let router = Router()
  router.get("/items/:id") { _, context in
    ["id": try context.parameters.require("id")]
  }
  router.post("/orders") { request, context in
    let order = try await request.decode(as: Order.self, context: context)
    return ["count": order.items.count]
  }
  return router
}

extension Logger {
  static var quiet: Logger {
    var logger = Logger(label: "peers")
    logger.logLevel = .error
    return logger
  }
}
