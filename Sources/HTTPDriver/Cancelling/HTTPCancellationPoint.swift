/// Where in an exchange the client goes away.
///
/// More points may follow, so a `switch` in another package needs an `@unknown default`.
@nonexhaustive
public enum HTTPCancellationPoint: Sendable, Hashable {
  /// Before there is a connection: the service must not notice anything.
  case beforeConnect
  /// After the head of the request was sent, before any of its body.
  case afterRequestHead
  /// As soon as so many bytes of the request's body were handed to the connection, and none behind them.
  case midRequestBody(bytes: Int)
  /// After the whole request was sent, while the service works on its answer.
  case beforeResponseHead
  /// As soon as the head of the response has come.
  case afterResponseHead
  /// As soon as so many bytes of the response's body have come.
  case midResponseBody(bytes: Int)
}

extension HTTPCancellationPoint: CustomStringConvertible {
  /// The point in words, such as `after 60000 bytes of the request's body`.
  public var description: String {
    switch self {
    case .beforeConnect: "before the connection was made"
    case .afterRequestHead: "after the request's head"
    case .midRequestBody(let bytes): "after \(byteCount(bytes)) of the request's body"
    case .beforeResponseHead: "after the whole request, before the response's head"
    case .afterResponseHead: "after the response's head"
    case .midResponseBody(let bytes): "after \(byteCount(bytes)) of the response's body"
    }
  }
}
