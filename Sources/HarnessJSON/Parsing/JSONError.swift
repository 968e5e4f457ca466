/// Why a text is not JSON, and where.
public struct JSONError: Error, Sendable, Equatable {
  /// The kind of mistake.
  ///
  /// More may be added.
  public struct Code: Sendable, Hashable {
    private let name: String

    /// The text breaks the grammar of RFC 8259.
    public static let syntax = Code(name: "syntax")
    /// The text is not UTF-8, or begins with a byte-order mark (RFC 8259, section 8.1).
    public static let encoding = Code(name: "encoding")
    /// An escape stands for half a surrogate pair, which is no Unicode scalar (RFC 8259, section 8.2).
    public static let loneSurrogate = Code(name: "loneSurrogate")
    /// The text exceeds one of the ``JSONLimits``.
    public static let limit = Code(name: "limit")
  }

  /// The kind of mistake.
  public let code: Code
  /// What was expected and found, without the place.
  public let message: String
  /// Where the offending byte stands.
  public let position: JSONPosition

  /// The offset of the offending byte, counted from 0.
  public var offset: Int { position.offset }
  /// The line, counted from 1; lines end with a line feed.
  public var line: Int { position.line }
  /// The column in Unicode scalars, counted from 1.
  public var column: Int { position.column }

  /// Locates an error in the text.
  init(_ code: Code, _ message: String, at offset: Int, in bytes: [UInt8]) {
    self.code = code
    self.message = message
    position = JSONPosition(offset: offset, in: bytes)
  }
}

extension JSONError: CustomStringConvertible {
  /// For example `line 1, column 4 (byte 3): expected a value, found "]"`.
  public var description: String {
    "\(position): \(message)"
  }
}
