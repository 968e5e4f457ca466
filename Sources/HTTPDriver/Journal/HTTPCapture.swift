/// What a driver keeps of its exchanges for the failure that may come.
public struct HTTPCapture: Sendable, Hashable {
  /// Whether the exchanges and the bodies of their requests are kept.
  let keepsExchanges: Bool

  /// The last 100 exchanges, with the beginnings of their bodies: a failure has them as HAR, and shows the request's body.
  ///
  /// What every driver does unless told otherwise.
  public static let everything = HTTPCapture(keepsExchanges: true)
  /// Nothing: a failure shows its own exchange, without the bytes of the request's body and without those that went
  /// before.
  ///
  /// For many exchanges in a row whose cost counts, such as a load test. The response and its body are the test's as ever.
  public static let nothing = HTTPCapture(keepsExchanges: false)
}

extension HTTPDriver {
  /// A driver that keeps so much of its exchanges.
  public func capturing(_ capture: HTTPCapture) -> HTTPDriver {
    changing { $0.capture = capture }
  }
}
