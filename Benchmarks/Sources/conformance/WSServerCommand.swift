import ArgumentParser
import Dispatch
import Foundation
import WSDriver

/// Echoes every message, for fuzzing clients such as that of the Autobahn suite.
struct WSServerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ws-server", abstract: "Runs a WebSocket server that echoes every message.",
    discussion: "Prints a line with its address when it listens, and runs until SIGTERM or SIGINT.")

  @Option(help: "The port on 127.0.0.1; 0 for one that the system assigns.") var port = 0
  @Flag(help: "Take offers of permessage-deflate.") var deflate = false

  func run() async throws {
    let socket = WSOptions(
      compression: deflate ? WSDeflate() : nil, limits: WSLimits(message: 64 << 20))
    try await withWSServer(WSServer.Options(socket, place: .tcp(port: port))) { client in
      await client.respond { $0 }
    } _: { server in
      // Not by `print`, which keeps the line while the output is a pipe.
      FileHandle.standardOutput.write(Data("listening on \(server.url)\n".utf8))
      await Self.askedToStop()
    }
  }

  private static func askedToStop() async {
    let (signals, continuation) = AsyncStream.makeStream(of: Void.self)
    let sources = [SIGTERM, SIGINT].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number)
      source.setEventHandler { continuation.yield() }
      source.resume()
      return source
    }
    for await _ in signals { break }
    for source in sources { source.cancel() }
  }
}
