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

  /// What the transport is to do about an event.
  enum Action: Sendable {
    case none
    /// The service asked for the body that waits.
    case sendBody
  }

  /// How far the request has come.
  private enum Upload: Sendable {
    case waitingForContinue
    case sending
    case done
  }

  /// A service that sends more of them is broken; a client must take any number (RFC 9110, section 15.2), so the
  /// bound is ours.
  static let informationalLimit = 100
  /// Bytes kept of a body that is handed on.
  static let keptOfStream = 64 << 10

  private(set) var stage = Stage.connecting
  private(set) var response: HTTPResponse?
  private(set) var informational: [HTTPResponse] = []
  private(set) var trailers = HTTPFields()
  private(set) var body: [UInt8] = []
  private(set) var bodyCount = 0
  private(set) var timings = HTTPTimings()
  private(set) var sent: SentBody
  private(set) var serviceError: (any Error)?
  /// Which connection of a pool carries it.
  private(set) var connection: HTTPConnectionUse?
  private let responseLimit: Int?
  private let keptSent: Int
  private let expectsContinue: Bool
  private let cancellation: HTTPCancellationPoint?
  private var upload: Upload
  private var phaseStart: ContinuousClock.Instant
  private var connectedAt: ContinuousClock.Instant?
  /// What a connection that stands waits for before it carries bytes.
  private var step: String?

  init(
    responseLimit: Int?, expectsContinue: Bool = false, keepsSent: Bool = true,
    cancellation: HTTPCancellationPoint? = nil,
    start: ContinuousClock.Instant
  ) {
    self.responseLimit = responseLimit
    self.cancellation = cancellation
    self.expectsContinue = expectsContinue
    keptSent = keepsSent ? SentBody.limit : 0
    sent = SentBody(limit: keptSent)
    upload = expectsContinue ? .waitingForContinue : .sending
    phaseStart = start
  }

  var hasEnded: Bool {
    if case .ended = stage { true } else { false }
  }

  /// Whether request and response are both complete, so that nothing of them is on its way any more.
  var isWhole: Bool {
    if case .ended(.complete) = stage, case .done = upload { true } else { false }
  }

  /// What has come so far; that of an exchange that goes on is called cancelled.
  var result: ExchangeResult {
    var ending = ExchangeEnding.cancelled
    if case .ended(let reached) = stage { ending = reached }
    return ExchangeResult(
      ending: ending, response: response, informational: informational, body: body,
      bodyCount: bodyCount, trailers: trailers, sent: sent, timings: timings,
      serviceError: serviceError, connection: connection)
  }

  /// The connection waits for something before it can carry bytes.
  mutating func negotiates(_ step: String) {
    self.step = step
  }

  /// The connection stands; in process there is none, and a pool may have had it, so that nothing is measured.
  mutating func connected(at now: ContinuousClock.Instant?, _ use: HTTPConnectionUse? = nil) {
    switch stage {
    case .connecting:
      stage = .awaitingHead
      connection = use
      if let now { timings.connect = lap(now) }
      connectedAt = phaseStart
    case .ended: break
    case .awaitingHead, .receivingBody: preconditionFailure("connected while \(stage)")
    }
  }

  /// The connection is gone that was to carry it, and another is made; false where the exchange has ended, or an answer
  /// has begun.
  mutating func beginsAgain() -> Bool {
    guard case .awaitingHead = stage, informational.isEmpty else { return false }
    stage = .connecting
    connectedAt = nil
    timings = HTTPTimings()
    sent = SentBody(limit: keptSent)
    upload = expectsContinue ? .waitingForContinue : .sending
    return true
  }

  /// The service threw, whatever its framework answers; the first error stays.
  mutating func serviceThrew(_ error: any Error) {
    if !hasEnded, serviceError == nil { serviceError = error }
  }

  /// The head of the request is sent.
  mutating func sentHead() {
    reached(.afterRequestHead)
  }

  /// A piece of the request's body was handed over.
  mutating func sentPiece(_ piece: [UInt8]) {
    guard !hasEnded else { return }
    sent.append(piece)
    if case .midRequestBody(let count) = cancellation, sent.count >= count { end(.cancelled) }
  }

  /// The request is sent to its end.
  mutating func sentRequest(at now: ContinuousClock.Instant) {
    guard !hasEnded, case .sending = upload else { return }
    upload = .done
    if let connectedAt, response == nil { timings.request = connectedAt.duration(to: now) }
    reached(.beforeResponseHead)
  }

  mutating func received(_ head: HTTPResponse, at now: ContinuousClock.Instant) -> Action {
    switch stage {
    case .awaitingHead where head.status.kind == .informational && head.status.code != 101:
      return receivedInformational(head)
    case .awaitingHead:
      stage = .receivingBody
      response = head
      timings.head = lap(now)
      reached(.afterResponseHead)
    case .ended: break
    // What reads the connection lets neither through; a server's doing is never a trap.
    case .receivingBody: broke(.malformedResponse, "a second head came")
    case .connecting: broke(.malformedResponse, "a head came before the connection stood")
    }
    return .none
  }

  private mutating func receivedInformational(_ head: HTTPResponse) -> Action {
    guard informational.count < Self.informationalLimit else {
      broke(
        .malformedResponse, "more than \(Self.informationalLimit) informational responses came")
      return .none
    }
    informational.append(head)
    guard head.status.code == 100, case .waitingForContinue = upload else { return .none }
    upload = .sending
    return .sendBody
  }

  mutating func received(_ piece: [UInt8]) {
    switch stage {
    case .receivingBody:
      bodyCount += piece.count
      let limit = responseLimit ?? Self.keptOfStream
      body += piece.prefix(max(0, limit - body.count))
      if let responseLimit, bodyCount > responseLimit {
        bodyCount = body.count
        return end(
          .failed(
            .responseTooLarge,
            "the response's body is longer than \(byteCount(max(0, responseLimit)))"))
      }
      if case .midResponseBody(let count) = cancellation, bodyCount >= count { end(.cancelled) }
    case .ended: break
    case .connecting, .awaitingHead: broke(.malformedResponse, "a body came before its head")
    }
  }

  /// The response is complete.
  mutating func receivedEnd(trailers fields: HTTPFields = [:], at now: ContinuousClock.Instant) {
    guard case .receivingBody = stage else { return }
    timings.body = lap(now)
    trailers = fields
    end(.complete)
  }

  /// The peer has closed the connection; `reason` tells how.
  mutating func closed(_ reason: String = "the server closed the connection") {
    switch stage {
    case .connecting, .ended: break
    case .awaitingHead:
      end(.failed(.connectionClosed, "no response: \(reason)"))
    case .receivingBody: end(.failed(.responseCutOff, cutOff + reason))
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
      case .connecting: "the connection was not made" + (step.map { ", waiting for \($0)" } ?? "")
      case .awaitingHead:
        switch upload {
        case .waitingForContinue: "waiting for 100 Continue, to send the request's body"
        // What was handed over may not have left: the service may have no room, or no window (RFC 9113, section 5.2).
        case .sending: "the request was not sent to its end\(afterSentBytes)"
        case .done: "waiting for the response's head\(afterSentBytes)"
        }
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

  private mutating func reached(_ point: HTTPCancellationPoint) {
    if cancellation == point { end(.cancelled) }
  }

  private var afterSentBytes: String {
    sent.count > 0 ? ", after \(byteCount(sent.count)) of the request's body" : ""
  }

  private var cutOff: String { "response cut off after \(received) of its body: " }

  private var received: String {
    if let length = response?.headerFields[.contentLength] {
      return "\(bodyCount) of \(Excerpt.line(length, limit: 20)) bytes"
    }
    return byteCount(bodyCount)
  }

  private mutating func lap(_ now: ContinuousClock.Instant) -> Duration {
    defer { phaseStart = now }
    return phaseStart.duration(to: now)
  }
}
