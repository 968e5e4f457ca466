import ArgumentParser
import WSDriver

/// Runs the cases of a fuzzing server, such as that of the Autobahn suite, as its client: echoes every message.
struct WSClientCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ws-client", abstract: "Runs the cases of a WebSocket fuzzing server.",
    discussion:
      "Exit 0: all cases ran; the server's report says how. Exit 1: the server could not be used.")

  @Argument(help: "The server, such as ws://127.0.0.1:9001.") var url: String
  @Option(help: "The name in the server's report.") var agent: String
  @Flag(help: "Offer permessage-deflate.") var deflate = false
  @Flag(help: "Offer to compress each message by itself, as cases 13.2, 13.5 and 13.6 ask for.")
  var clientNoContextTakeover = false

  func run() async throws {
    let http = HTTPDriver(url.hasPrefix("ws:") ? "http:" + url.dropFirst(3) : url)
    let plain = driver(http, nil)
    guard let count = try await answer(plain, "/getCaseCount").flatMap(Int.init) else {
      throw Trouble(description: "the server tells no number of cases")
    }
    let offer = WSDeflate(clientNoContextTakeover: clientNoContextTakeover)
    let driver = driver(http, deflate ? offer : nil)
    for number in 1...max(count, 1) where count > 0 {
      // A case may well end in a refusal or a lost connection; the server judges it.
      _ = try await driver.outcome("/runCase?case=\(number)&agent=\(agent)", within: Self.patience)
      {
        await $0.respond { $0 }
      }
    }
    _ = try await plain.outcome("/updateReports?agent=\(agent)", within: Self.patience) {
      _ = await $0.outcomeOfNext(within: Self.patience)
    }
    print("ran \(count) cases as \(agent)")
  }

  private static let patience = Duration.seconds(120)

  private func driver(_ http: HTTPDriver, _ compression: WSDeflate?) -> WSDriver {
    WSDriver(http, compression: compression, limits: WSLimits(message: 64 << 20))
  }

  /// The one message that the server sends on a path.
  private func answer(_ driver: WSDriver, _ path: String) async throws -> String? {
    let outcome = try await driver.outcome(path, within: Self.patience) { socket in
      await socket.outcomeOfNext(within: Self.patience)
    }
    guard case .value(.message(let message)) = outcome else { return nil }
    return message.text
  }
}

/// Why a command could not do its work.
struct Trouble: Error, CustomStringConvertible {
  let description: String
}
