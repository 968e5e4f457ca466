/// Which connection of a pool carried an exchange, and what it had carried before.
public struct HTTPConnectionUse: Sendable, Hashable {
  /// The number of the connection in its pool; the first one that stood is 1.
  public let number: Int
  /// The exchanges that it had carried before; 0 for a connection that was made for this one.
  public let earlierExchanges: Int
  /// The number of the kept connection on which the request was sent first, in vain, as the server had closed it; nil
  /// where the request was sent once.
  ///
  /// Source: RFC 9112, section 9.3.1.
  public let repeatedAfter: Int?

  /// Whether the connection was kept from another exchange.
  public var isReused: Bool { earlierExchanges > 0 }
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
  count == 1 ? "1 exchange" : "\(count) exchanges"
}
