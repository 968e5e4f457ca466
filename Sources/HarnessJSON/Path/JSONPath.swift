/// A query that selects values of a JSON document, such as `$.rows[?@.price > 10].code`.
///
/// All of the standard is there: names, wildcards, indices, slices, filters, descendants, and the
/// functions `length`, `count`, `match`, `search` and `value`. A query is checked whole when it is read.
///
/// Source: RFC 9535.
public struct JSONPath: Sendable {
  /// The query as it was written.
  public let text: String

  let segments: [Segment]

  /// Reads a query.
  ///
  /// - Throws: what breaks the grammar or the types of the functions, and where.
  public init(parsing text: String) throws(JSONPathError) {
    self.text = text
    var parser = JSONPathParser(text)
    segments = try parser.parseWhole()
  }
}

extension JSONPath: CustomStringConvertible {
  /// The query as it was written.
  public var description: String { text }
}

extension JSONPath: Hashable {
  /// Whether both are written with the same bytes.
  public static func == (one: Self, other: Self) -> Bool { one.text.hasSameBytes(as: other.text) }

  /// Feeds the bytes of the text.
  public func hash(into hasher: inout Hasher) { hasher.combine(ByteString(text)) }
}

/// Why a text is no JSONPath, or why a query was given up.
public struct JSONPathError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The query.
  public let path: String
  /// The offset of the offending scalar, counted from 0 in Unicode scalars; nil when the query was sound
  /// and too much work.
  public let offset: Int?
  /// What is wrong.
  public let reason: String

  /// For example `"$.a[" is no JSONPath: at 4, expected a selector (RFC 9535)`.
  public var description: String {
    let quoted = JSONValue.string(path).excerpt(limit: 240)
    guard let offset else { return "\(quoted) was given up: \(reason)" }
    return "\(quoted) is no JSONPath: at \(offset), \(reason) (RFC 9535)"
  }
}
