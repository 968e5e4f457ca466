public import HarnessJSON

extension HTTPBody {
  /// A JSON value, which may be written as a literal: `.json(["symbol": "BMFI", "shares": 100])`.
  ///
  /// The members are sent in the order they are written in.
  public static func json(_ value: JSONValue, contentType: String = "application/json") -> HTTPBody
  {
    .text(value.compactText, contentType: contentType)
  }

  /// A value as JSON, with its members in the order in which it encodes them.
  ///
  /// A value that cannot be encoded fails the exchange.
  @_disfavoredOverload
  public static func json(
    _ value: some Encodable, contentType: String = "application/json"
  ) -> HTTPBody {
    do {
      return .json(try JSONValue(encoding: value), contentType: contentType)
    } catch {
      return HTTPBody(contentType: contentType, length: nil, repetition: .inline) { throw error }
    }
  }
}
