/// One entry of a tape: where a piece of the text stands, and what it is.
///
/// Eight bytes, so that a tape takes about as much memory as the text it is made of: 28 bits for the
/// offset of the first byte, 28 for the payload, four for the kind and four for flags.
struct JSONToken: BitwiseCopyable {
  enum Kind: UInt8 {
    case null, `true`, `false`, number, string, array, object
    /// The bracket that closes an array or object.
    case close
  }

  static let offsetBits: UInt64 = 28
  private static let mask: UInt64 = 1 << offsetBits - 1
  private static let flag: UInt64 = 1 << 60

  private var bits: UInt64

  /// - Parameter flag: for a string, whether it has escapes; for a number, whether it is more than an
  ///   integer's digits.
  @inline(__always)
  init(_ kind: Kind, start: Int, payload: Int, flag: Bool = false) {
    bits =
      UInt64(truncatingIfNeeded: start) | UInt64(truncatingIfNeeded: payload) << Self.offsetBits
      | UInt64(kind.rawValue) << 56 | (flag ? Self.flag : 0)
  }

  /// The offset of the first byte: of a string, that of its quotation mark.
  @inline(__always)
  var start: Int { Int(truncatingIfNeeded: bits & Self.mask) }

  /// How many bytes a scalar takes in the text; for a container, the index of the token after it; for the
  /// token that closes it, the number of elements or members.
  @inline(__always)
  var payload: Int { Int(truncatingIfNeeded: bits >> Self.offsetBits & Self.mask) }

  @inline(__always)
  var kind: Kind {
    guard let kind = Kind(rawValue: UInt8(truncatingIfNeeded: bits >> 56 & 15)) else {
      preconditionFailure("a token of kind \(bits >> 56 & 15)")
    }
    return kind
  }

  @inline(__always)
  var hasFlag: Bool { bits & Self.flag != 0 }

  /// Whether a string is written with escapes.
  @inline(__always)
  var isEscaped: Bool { hasFlag }

  /// Whether a number has a fraction or an exponent.
  @inline(__always)
  var isDecimal: Bool { hasFlag }

  @inline(__always)
  var isContainer: Bool { kind == .array || kind == .object }
}
