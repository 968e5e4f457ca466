import HTTPTypes

/// Puts one response together from what a transport hears, and decides when and how the exchange ends.
///
/// It only decides: it knows no connection and reads no clock.
struct ResponseAssembly: Sendable {
  /// How far the exchange has come.
  enum Stage: Sendable {
    case connecting
    case awaitingHead
    case receivingBody
    case ended(ExchangeEnding)
  }

  private(set) var stage = Stage.connecting
  private(set) var response: HTTPResponse?
  private(set) var body: [UInt8] = []
  private(set) var timings = HTTPTimings()
  var sent = SentBody()
  private let responseLimit: Int
  private var phaseStart: ContinuousClock.Instant

  init(responseLimit: Int, start: ContinuousClock.Instant) {
    self.responseLimit = responseLimit
    phaseStart = start
  }

  var hasEnded: Bool {
    if case .ended = stage { true } else { false }
  }

  /// What has come so far.
  var result: ExchangeResult {
    guard case .ended(let ending) = stage else {
      preconditionFailure("the result was asked for while \(stage)")
    }
    return ExchangeResult(
      ending: ending, response: response, body: body, sent: sent, timings: timings)
  }

  /// The connection stands; in process there is none, so nothing is measured.
  mutating func connected(at now: ContinuousClock.Instant?) {
    switch stage {
    case .connecting:
      stage = .awaitingHead
      if let now { timings.connect = lap(now) }
    case .ended: break
    case .awaitingHead, .receivingBody: preconditionFailure("connected while \(stage)")
    }
  }

  mutating func received(_ head: HTTPResponse, at now: ContinuousClock.Instant) {
    switch stage {
    case .awaitingHead:
      stage = .receivingBody
      response = head
      timings.head = lap(now)
    case .ended: break
    case .connecting, .receivingBody: preconditionFailure("head received while \(stage)")
    }
  }

  mutating func received(_ piece: [UInt8]) {
    switch stage {
    case .receivingBody:
      guard body.count + piece.count <= responseLimit else {
        body += piece.prefix(max(0, responseLimit - body.count))
        return end(
          .failed(
            .responseTooLarge,
            "the response's body is longer than \(byteCount(max(0, responseLimit)))"))
      }
      body += piece
    case .ended: break
    case .connecting, .awaitingHead: preconditionFailure("body received while \(stage)")
    }
  }

  /// The response is complete.
  mutating func receivedEnd(at now: ContinuousClock.Instant) {
    guard case .receivingBody = stage else { return }
    timings.body = lap(now)
    end(.complete)
  }

  /// The peer has closed the connection, in good order.
  mutating func closed() {
    switch stage {
    case .connecting, .ended: break
    case .awaitingHead:
      end(.failed(.connectionClosed, "no response: the server closed the connection"))
    case .receivingBody: end(.failed(.responseCutOff, "\(cutOff)the server closed the connection"))
    }
  }

  /// The connection broke; `reason` tells how.
  mutating func broke(_ code: HTTPExchangeError.Code, _ reason: String) {
    switch stage {
    case .connecting, .awaitingHead: end(.failed(code, "no response: \(reason)"))
    case .receivingBody: end(.failed(code, cutOff + reason))
    case .ended: break
    }
  }

  /// The deadline has passed.
  mutating func expired(_ deadline: String) {
    let place =
      switch stage {
      case .connecting: "the connection was not made"
      case .awaitingHead where sent.count > 0:
        "waiting for the response's head, after \(byteCount(sent.count)) of the request's body"
      case .awaitingHead: "waiting for the response's head"
      case .receivingBody: "after \(received) of the response's body"
      case .ended: ""
      }
    let missing = response == nil ? "no response" : "no complete response"
    end(.failed(.timedOut, "\(missing) within \(deadline): \(place)"))
  }

  /// The first ending stays.
  mutating func end(_ ending: ExchangeEnding) {
    if !hasEnded { stage = .ended(ending) }
  }

  private var cutOff: String { "response cut off after \(received) of its body: " }

  private var received: String {
    if let length = response?.headerFields[.contentLength] {
      return "\(body.count) of \(Excerpt.line(length, limit: 20)) bytes"
    }
    return byteCount(body.count)
  }

  private mutating func lap(_ now: ContinuousClock.Instant) -> Duration {
    defer { phaseStart = now }
    return phaseStart.duration(to: now)
  }
}
