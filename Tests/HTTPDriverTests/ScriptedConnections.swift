import HTTPDriver
import HarnessLock
import HarnessLoopback
import NIOCore
import Waiters

/// A server of bytes that follows a script on each of its connections: one step for each head of a request.
final class ScriptedConnections: Sendable {
  /// What it does about one request.
  struct Step: Sendable {
    enum Ending: Sendable {
      case keep
      case close
      case reset
    }

    /// What it answers, each piece by itself.
    var pieces: [String]
    var ending = Ending.keep

    static func answer(_ pieces: String..., then ending: Ending = .keep) -> Step {
      Step(pieces: pieces, ending: ending)
    }

    static let ok = answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
    /// Says nothing, and goes.
    static let close = Step(pieces: [], ending: .close)
    static let reset = Step(pieces: [], ending: .reset)
    static let silence = Step(pieces: [])
  }

  private struct State {
    var steps: [[Step]]
    var streams: [ByteStream] = []
    var heads: [String] = []
  }

  /// Hears of each request.
  let arrivals = Mailbox<Void>("requests")
  private let state: Lock<State>

  /// Makes a server; a connection or a request beyond the script is answered with 200.
  init(_ steps: [Step]...) {
    state = Lock(State(steps: steps))
  }

  /// The first lines of the requests, each after the number of its connection.
  var requests: [String] { state.withLock { $0.heads } }

  /// Sends bytes that nobody asked for.
  func write(_ text: String, on connection: Int) {
    state.withLock { $0.streams[connection - 1] }.write(Array(text.utf8))
  }

  func close(_ connection: Int) {
    state.withLock { $0.streams[connection - 1] }.close()
  }

  @Sendable func accept(_ stream: ByteStream) {
    let number = state.withLock { state in
      state.streams.append(stream)
      return state.streams.count
    }
    let received = Lock<[UInt8]>([])
    let hasLeft = Lock(false)
    stream.start { event in
      guard case .bytes(let bytes) = event else { return }
      let heads = received.withLock { received in
        received += bytes
        var heads: [String] = []
        while let end = received.firstRange(of: Array("\r\n\r\n".utf8)) {
          heads.append(String(decoding: received[..<end.lowerBound], as: UTF8.self))
          received.removeFirst(end.upperBound)
        }
        return heads
      }
      for head in heads where !hasLeft.withLock({ $0 }) {
        let isLast = self.answer(head, on: number, stream)
        hasLeft.withLock { $0 = isLast }
      }
    }
  }

  /// Answers a request; true where it then leaves.
  private func answer(_ head: String, on number: Int, _ stream: ByteStream) -> Bool {
    let step = state.withLock { state in
      let line = head.split(separator: "\r\n").first ?? ""
      state.heads.append("\(number) \(line.split(separator: " ").prefix(2).joined(separator: " "))")
      guard number <= state.steps.count, !state.steps[number - 1].isEmpty else { return Step.ok }
      return state.steps[number - 1].removeFirst()
    }
    arrivals.send(())
    for piece in step.pieces { stream.write(Array(piece.utf8)) }
    switch step.ending {
    case .keep: return false
    case .close: stream.close()
    case .reset: stream.reset()
    }
    return true
  }
}

/// Ways to a server of bytes.
enum ByteReach: String, CaseIterable, Sendable {
  case memory
  case tcp

  func reach(
    _ server: ScriptedConnections, _ body: (HTTPTransport) async throws -> Void
  ) async throws {
    switch self {
    case .memory: try await body(.memory(bytes: server.accept))
    case .tcp: try await withByteServer(server.accept, body)
    }
  }
}
