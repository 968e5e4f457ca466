/// One entry of a tape: where a piece of the text stands, and what it is.
///
/// Eight bytes, so that a tape takes about as much memory as the text it is made of: 30 bits for the
/// offset of the first byte, 30 for the payload and four for the kind.
struct JSONToken: BitwiseCopyable {
  enum Kind: UInt8 {
    case null, `true`, `false`
    /// A number that is digits with or without a minus sign.
    case integer
    /// A number with a fraction or an exponent.
    case decimal
    /// A string as it stands in the text, without escapes.
    case string
    case escapedString
    /// The name of a member, and the same with escapes.
    case name, escapedName
    case array, object
    /// The bracket that closes an array or object.
    case close
  }

  static let offsetBits = 30
  private static let mask: UInt64 = 1 << 30 - 1

  private let bits: UInt64

  @inline(__always)
  init(_ kind: Kind, start: Int, payload: Int) {
    bits =
      UInt64(truncatingIfNeeded: start) | UInt64(truncatingIfNeeded: payload) << 30
      | UInt64(kind.rawValue) << 60
  }

  /// The offset of the first byte: of a string, that of its quotation mark.
  @inline(__always)
  var start: Int { Int(truncatingIfNeeded: bits & Self.mask) }

  /// How many bytes a scalar takes in the text; for a container, the index of the token after it; for the
  /// token that closes it, the number of elements or members.
  @inline(__always)
  var payload: Int { Int(truncatingIfNeeded: bits >> 30 & Self.mask) }

  @inline(__always)
  var kind: Kind {
    // Safe: the four bits come from a kind's raw value, by the one initializer.
    unsafe unsafeBitCast(UInt8(truncatingIfNeeded: bits >> 60), to: Kind.self)
  }

  @inline(__always)
  var isContainer: Bool { kind == .array || kind == .object }

  /// Whether this is a string or a name that is written with escapes.
  @inline(__always)
  var isEscaped: Bool { kind == .escapedString || kind == .escapedName }
}
