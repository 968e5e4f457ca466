/// What a service makes of bytes that may be no HTTP.
///
/// More may be told apart, so a `switch` in another package needs an `@unknown default`.
@nonexhaustive
public enum HTTPRawOutcome: Sendable {
  /// It answered with a status of 4xx or 5xx.
  case rejected(HTTPExchange)
  /// It answered with any other status: it took the bytes for a request.
  case accepted(HTTPExchange)
  /// It closed the connection in good order without an answer.
  case closed(HTTPExchangeError)
  /// It reset the connection without an answer.
  case reset(HTTPExchangeError)
  /// It waits for more, or will never answer: nothing came by the deadline.
  case silent(HTTPExchangeError)
  /// There is no complete answer for another reason, such as an answer that is no HTTP.
  case failed(HTTPExchangeError)
  /// The task was cancelled; the connection is closed.
  case cancelled
}

extension HTTPRawOutcome {
  /// The status of the answer; nil where none came.
  public var status: Int? {
    switch self {
    case .rejected(let exchange), .accepted(let exchange): exchange.status.code
    case .closed, .reset, .silent, .failed, .cancelled: nil
    }
  }
}

extension HTTPRawOutcome: CustomStringConvertible {
  /// The outcome in a few words, such as `rejected with 400`.
  public var description: String {
    switch self {
    case .rejected(let exchange): "rejected with \(exchange.status.code)"
    case .accepted(let exchange): "accepted with \(exchange.status.code)"
    case .closed: "closed without an answer"
    case .reset: "reset without an answer"
    case .silent: "no answer by the deadline"
    case .failed(let error): "failed: \(error.reason)"
    case .cancelled: "cancelled"
    }
  }
}
