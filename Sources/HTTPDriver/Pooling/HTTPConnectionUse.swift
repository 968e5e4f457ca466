/// Which connection of a pool carried an exchange, and what it had carried before.
public struct HTTPConnectionUse: Sendable, Hashable {
  /// The number of the connection in its pool; the first one that stood is 1.
  public let number: Int
  /// The exchanges that it had carried before; 0 for a connection that was made for this one, and for one whose exchange
  /// had ended before it was sent.
  public let earlierExchanges: Int
  /// The number of the kept connection on which the request was sent first, in vain, as the server had closed it; nil
  /// where the request was sent once.
  ///
  /// Source: RFC 9112, section 9.3.1.
  public let repeatedAfter: Int?

  /// Whether the connection was kept from another exchange.
  public let isReused: Bool

  /// Describes the use of a connection, which was kept where it says so, or had carried an exchange before.
  init(number: Int, earlierExchanges: Int, isKept: Bool = false, repeatedAfter: Int?) {
    self.number = number
    self.earlierExchanges = earlierExchanges
    isReused = isKept || earlierExchanges > 0
    self.repeatedAfter = repeatedAfter
  }
}

extension HTTPConnectionUse: CustomStringConvertible {
  /// The use in words, such as `2, which had carried 3 exchanges`.
  public var description: String {
    var text = "\(number)"
    if isReused { text += ", which had carried \(exchangeCount(earlierExchanges))" }
    if let repeatedAfter {
      text += "; sent again, as the server had closed connection \(repeatedAfter)"
    }
    return text
  }
}

extension HTTPExchange {
  /// The connection that carried it; nil where it had one of its own, and in process.
  ///
  /// See ``withHTTPConnectionPool(_:maxIdle:idleTimeout:fileID:filePath:line:column:_:)``.
  public var connection: HTTPConnectionUse? { record.connection }
}

extension HTTPExchangeError {
  /// The connection that carried it, or was to; nil where it had one of its own, and in process.
  public var connection: HTTPConnectionUse? { record.connection }
}

/// A number of exchanges in words.
func exchangeCount(_ count: Int) -> String {
  switch count {
  case 0: "no exchange"
  case 1: "1 exchange"
  default: "\(count) exchanges"
  }
}
