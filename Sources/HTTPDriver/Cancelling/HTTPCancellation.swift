/// What came of a request whose client went away at a point that the test chose.
public struct HTTPCancellation: Sendable {
  /// Where the client was to go away.
  public let point: HTTPCancellationPoint
  /// How the exchange ended: ``HTTPOutcome/cancelled`` when the point was reached, else as it would have anyway.
  public let outcome: HTTPOutcome
  /// From the moment the client went away until the service's task was cancelled; nil where the transport cannot
  /// hear of it (see ``HTTPTransport/Capabilities/serviceSightings``), and where the service had answered to the end
  /// or never heard of the request, so that there was nothing to cancel.
  public let serviceSawItAfter: Duration?
  /// The bytes of the request's body that were handed over before.
  public var sentBytes: Int { record.sent.count }
  /// The bytes of the response's body that came before.
  public var receivedBytes: Int { record.bodyCount }
  let record: ExchangeRecord

  /// Whether the point was reached.
  public var isReached: Bool {
    if case .cancelled = outcome { true } else { false }
  }
}
