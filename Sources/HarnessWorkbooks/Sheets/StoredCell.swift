/// A cell in sixteen bytes: its place, its style, and where its content lies.
struct StoredCell: Sendable {
  /// What a cell holds, its text as a place in the arena of its store.
  enum Content {
    case empty
    case number(Range<Int>)
    /// The digits of a short number themselves, the first in the lowest byte.
    case shortNumber(UInt64)
    case text(Range<Int>)
    case error(Range<Int>)
    case isoDate(Range<Int>)
    case sharedString(Int)
    case boolean(Bool)
  }

  /// How many digits a short number has at most.
  static let shortDigits = 7

  let row: UInt32
  let column: UInt16
  let style: UInt16
  // One bit for a formula, seven for the kind; then 36 for the start and 20 for the length of a text, or
  // 56 for a number.
  private let packed: UInt64

  private static let lengthBits: UInt64 = 20
  private static let formulaBit: UInt64 = 1 << 63

  init(_ reference: CellReference, style: UInt16, _ content: Content, hasFormula: Bool = false) {
    row = UInt32(reference.row)
    column = UInt16(reference.column)
    self.style = style
    let bits: UInt64 =
      switch content {
      case .empty: 0
      case .number(let range): Self.pack(1, range)
      case .text(let range): Self.pack(2, range)
      case .error(let range): Self.pack(3, range)
      case .isoDate(let range): Self.pack(4, range)
      case .sharedString(let index): 5 << 56 | UInt64(index)
      case .boolean(let boolean): 6 << 56 | (boolean ? 1 : 0)
      case .shortNumber(let digits): 7 << 56 | digits
      }
    packed = bits | (hasFormula ? Self.formulaBit : 0)
  }

  private static func pack(_ kind: UInt64, _ range: Range<Int>) -> UInt64 {
    kind << 56 | UInt64(range.lowerBound) << lengthBits | UInt64(range.count)
  }

  var hasFormula: Bool { packed & Self.formulaBit != 0 }

  var reference: CellReference { CellReference(checkedColumn: Int(column), row: Int(row)) }

  var content: Content {
    let number = packed & (1 << 56 - 1)
    let start = Int(number >> Self.lengthBits)
    let range = start..<start + Int(number & (1 << Self.lengthBits - 1))
    return switch (packed & ~Self.formulaBit) >> 56 {
    case 0: .empty
    case 1: .number(range)
    case 2: .text(range)
    case 3: .error(range)
    case 4: .isoDate(range)
    case 5: .sharedString(Int(number))
    case 6: .boolean(number == 1)
    case 7: .shortNumber(number)
    default: preconditionFailure("a stored cell has the kind \(packed >> 56)")
    }
  }
}

/// The text of a short number.
func digits(ofShortNumber packed: UInt64) -> String {
  var bytes: [UInt8] = []
  var rest = packed
  while rest > 0 {
    bytes.append(UInt8(truncatingIfNeeded: rest))
    rest >>= 8
  }
  return String(decoding: bytes, as: UTF8.self)
}
