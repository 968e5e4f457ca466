import HarnessWebSocket
import Waiters

/// Asks a server for its stand to one rule, on a connection that is used up by it.
struct WSRuleProbe: Sendable {
  typealias Judgement = (WSRuleVerdict.Grade, String)

  /// What the server did first.
  private enum Reaction {
    case ponged([UInt8])
    case ended(WSClosure)
    case nothing
  }

  /// How long a server may take to end a connection on which it has answered a ping behind the breach.
  private static let grace = Duration.milliseconds(250)

  private let rule: WSRule
  private let connection: WSConnection
  private let duration: Duration

  init(_ rule: WSRule, _ connection: WSConnection, _ duration: Duration) {
    self.rule = rule
    self.connection = connection
    self.duration = duration
  }

  /// Breaks the rule, or keeps to it, and looks at what comes of it.
  func judge() async -> Judgement {
    var pongs: [[UInt8]] = []
    if case .answersPing(let payload) = rule.expectation {
      connection.awaitPong(payload)
      pongs.append(payload)
    }
    await write()
    switch rule.expectation {
    case .answersClose(let code): return judge(await reaction(to: []), answer: code)
    case .answersPing(let payload): return judge(await reaction(to: pongs), pong: payload)
    case .closes(let codes):
      let first = await reaction(to: barrier())
      guard case .ponged = first else { return judge(first, codes) }
      // Where the application's layer looks at text, the answer to a ping overtakes it.
      let late = await reaction(to: [], within: min(duration, Self.grace))
      guard case .ended = late else { return judge(first, codes) }
      let (grade, finding) = judge(late, codes)
      return (grade, "\(finding), after a ping behind it had been answered")
    case .goesOn:
      switch await reaction(to: barrier()) {
      case .ponged: return (.kept, "the server goes on")
      case .ended(let closure):
        // A message is whole and right: whether it means something to the application is not asked here.
        let isRefused =
          closure.cause == .closeFrame
          && ![WSCloseCode.protocolError, .invalidPayload].contains(closure.code)
        return isRefused
          ? (.skipped, "\(closure); ask an endpoint that takes any message")
          : (.broken, "\(closure)")
      case .nothing: return (.broken, "a ping behind it was not answered")
      }
    }
  }

  private func write() async {
    if rule.isSlow {
      await WSSocket(connection).send(raw: rule.bytes, inPiecesOf: 1)
    } else {
      connection.send(raw: rule.bytes)
    }
  }

  /// A ping behind what was sent, where it is not swallowed by it.
  private func barrier() -> [[UInt8]] {
    if rule.endsWithinFrame { return [] }
    return connection.raiseBarrier().map { [$0] } ?? []
  }

  private func reaction(
    to payloads: [[UInt8]], within duration: Duration? = nil
  ) async -> Reaction {
    let outcome = await connection.controls.outcomeOfFirst(within: duration ?? self.duration) {
      control in
      switch control {
      case .pong(let payload): payloads.contains(payload)
      case .ended: true
      case .ping: false
      }
    }
    switch outcome {
    case .value(.pong(let payload)): return .ponged(payload)
    case .value, .closed: return connection.closure.map { .ended($0) } ?? .nothing
    case .timedOut, .cancelled: return .nothing
    }
  }

  private func judge(_ reaction: Reaction, _ codes: [WSCloseCode]) -> Judgement {
    let wanted = codes.map { "\($0)" }.joined(separator: " or ")
    switch reaction {
    case .ponged: return (.broken, "the server goes on, and answers a ping; expected \(wanted)")
    case .nothing: return (.broken, "nothing comes of it; expected \(wanted)")
    case .ended(let closure):
      // The code is then one that this side closed with.
      if case .violation = closure.cause { return (.broken, "\(closure); expected \(wanted)") }
      return codes.contains(closure.code)
        ? (.kept, "\(closure)") : (.lenient, "\(closure), expected \(wanted)")
    }
  }

  private func judge(_ reaction: Reaction, answer code: WSCloseCode?) -> Judgement {
    let wanted = code.map { "\($0)" } ?? "a close frame without a code"
    switch reaction {
    case .ponged, .nothing: return (.broken, "the close frame is not answered; expected \(wanted)")
    case .ended(let closure):
      guard closure.cause == .closeFrame else {
        return (.lenient, "\(closure), expected \(wanted)")
      }
      // The code is typically sent back (section 5.5.1), and need not be.
      return [code ?? .noCode, .normalClosure].contains(closure.code)
        ? (.kept, "\(closure)") : (.lenient, "\(closure), expected \(wanted)")
    }
  }

  private func judge(_ reaction: Reaction, pong payload: [UInt8]) -> Judgement {
    switch reaction {
    case .ponged: return (.kept, "the ping is answered")
    case .ended(let closure): return (.broken, "\(closure)")
    case .nothing: return (.broken, "the ping is not answered")
    }
  }
}
