import Foundation

/// The JSON that this service writes, in responses and on the WebSocket.
enum JSONText {
  /// Encodes a value, with members sorted by name and dates in ISO 8601.
  ///
  /// A `Decimal` is written digit by digit as a JSON number: Foundation's encoder takes its
  /// description and never goes through a binary `Double`.
  static func encode(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    return try encoder.encode(value)
  }
}
