import HTTPTypes
import HarnessReporting
import Waiters

extension HTTPDriver {
  /// Sends these bytes over a connection of their own, whatever they mean, and hands back what the service makes
  /// of them; fails nothing.
  ///
  /// ```swift
  /// let outcome = await http.raw("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")
  /// guard case .rejected = outcome else { … }
  /// ```
  ///
  /// The first answer counts. Where the bytes lie by their framing, a service may answer to a request that was hidden
  /// in them only with its second one: end them with a request of another path, and look at what is answered.
  /// A transport without ``HTTPTransport/Capabilities/rawBytes`` gives a failure that says so.
  ///
  /// - Parameters:
  ///   - text: What to send, in UTF-8; line ends are written as `\r\n` by the test.
  ///   - sizes: How the bytes are cut: each piece is a write of its own, begun when the last one has left. Empty
  ///     for one write.
  ///   - duration: The deadline of the answer; nil as for every exchange.
  /// - Returns: What the service made of the bytes.
  public func raw(
    _ text: String, inPieces sizes: [Int] = [], within duration: Duration? = nil
  ) async -> HTTPRawOutcome {
    await raw(Array(text.utf8), inPieces: sizes, within: duration)
  }

  /// Sends these bytes over a connection of their own; see `raw(_:inPieces:within:)`.
  public func raw(
    _ bytes: [UInt8], inPieces sizes: [Int] = [], within duration: Duration? = nil
  ) async -> HTTPRawOutcome {
    var request = HTTPRequest(
      method: .get, scheme: transport.engine.address?.scheme ?? "http",
      authority: transport.engine.address?.authority, path: "/")
    let line = bytes.prefix { $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\n") }
    let words = String(decoding: line.prefix(400), as: UTF8.self).split(separator: " ")
    // The decoder must know a HEAD, whose answer has no body.
    if let method = words.first.flatMap({ HTTPRequest.Method(String($0)) }) {
      request.method = method
    }
    if words.count > 1 { request.path = String(words[1]) }
    var plan = ExchangePlan(
      request: request, body: .empty, deadline: .effective(within: duration),
      responseLimit: settings.responseLimit)
    plan.kind = .raw(Self.cut(bytes, sizes))
    plan.repetition = .raw
    return HTTPRawOutcome(await outcome(of: plan))
  }

  private static func cut(_ bytes: [UInt8], _ sizes: [Int]) -> [[UInt8]] {
    guard !sizes.isEmpty else { return [bytes] }
    var pieces: [[UInt8]] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let size = max(1, sizes[pieces.count % sizes.count])
      pieces.append(Array(rest.prefix(size)))
      rest = rest.dropFirst(size)
    }
    return pieces
  }
}

extension HTTPRawOutcome {
  init(_ outcome: HTTPOutcome) {
    switch outcome {
    case .response(let exchange):
      self = (400...599).contains(exchange.status.code) ? .rejected(exchange) : .accepted(exchange)
    case .failed(let error):
      switch error.code {
      case .connectionClosed: self = .closed(error)
      case .connectionReset: self = .reset(error)
      case .timedOut: self = .silent(error)
      default: self = .failed(error)
      }
    case .cancelled: self = .cancelled
    }
  }
}
