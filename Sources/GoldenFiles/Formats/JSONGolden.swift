public import HarnessJSON

/// JSON values, compared by meaning, with rules for what varies.
public struct JSONGolden: GoldenFormat {
  /// The extension of the files.
  public let fileExtension = "json"

  /// Makes the format.
  public init() {}

  /// The value with indentation and a line feed at its end.
  public func write(_ value: JSONValue) -> [UInt8] {
    Array((value.prettyText + "\n").utf8)
  }

  /// The value of a file; a byte-order mark before it counts for nothing (RFC 8259, section 8.1).
  ///
  /// - Throws: `JSONError` when the file is not JSON.
  public func read(_ bytes: [UInt8]) throws -> JSONValue {
    try JSONValue(parsing: bytes.withoutByteOrderMark)
  }

  /// Puts placeholders for what the rules cover into both values, and compares the rest.
  public func compare(
    _ actual: JSONValue, with golden: JSONValue?, rules: [GoldenRule]
  ) -> GoldenComparison<JSONValue> {
    MeaningComparison(rules: rules).compare(actual, with: golden)
  }
}

extension GoldenFormat where Self == JSONGolden {
  /// JSON values, compared by meaning.
  public static var json: JSONGolden { JSONGolden() }
}

extension [UInt8] {
  /// The bytes after a UTF-8 byte-order mark, if they begin with one.
  var withoutByteOrderMark: [UInt8] {
    starts(with: [0xEF, 0xBB, 0xBF]) ? Array(dropFirst(3)) : self
  }
}
