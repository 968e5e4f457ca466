/// The place of a cell on its sheet: a column and a row, both counted from 1.
///
/// Written in A1 notation: letters for the column, digits for the row. A sheet has 16,384 columns (`XFD`)
/// and 1,048,576 rows; nothing outside of them is a reference.
///
/// Source: ECMA-376, part 1, section 18.3.1.4 (`r`), and Excel's limits.
public struct CellReference: Sendable, Hashable {
  /// The last column there is, `XFD`.
  public static let lastColumn = 16_384
  /// The last row there is.
  public static let lastRow = 1_048_576

  /// The column, 1 for `A`.
  public let column: Int
  /// The row, 1 for the first.
  public let row: Int

  /// A reference by numbers; nil when it lies outside of a sheet.
  public init?(column: Int, row: Int) {
    guard 1...Self.lastColumn ~= column, 1...Self.lastRow ~= row else { return nil }
    self.column = column
    self.row = row
  }

  /// A reference in A1 notation, such as `B7`; nil when `text` is not one.
  ///
  /// Lower case and `$` signs are accepted; a sheet name or a range is not.
  public init?(_ text: some StringProtocol) {
    self.init(utf8: text.utf8)
  }

  /// Reads A1 notation from bytes.
  init?(utf8 bytes: some Sequence<UInt8>) {
    var notation = A1Notation()
    for byte in bytes where !notation.accepts(byte) { return nil }
    self.init(notation)
  }

  /// Reads the `r` of a cell from bytes: A1 notation, the row with zeros before it or without.
  ///
  /// Excel writes no such zeros; openpyxl and calamine read `A01` as A1, and it can be nothing else.
  init?(ofCell bytes: Span<UInt8>) {
    var notation = A1Notation()
    notation.allowsZeros = true
    for index in bytes.indices where !notation.accepts(bytes[index]) { return nil }
    self.init(notation)
  }

  private init?(_ notation: A1Notation) {
    guard notation.row > 0 else { return nil }
    self.init(column: notation.column, row: notation.row)
  }

  /// The letters of a column, `A` for 1.
  static func letters(ofColumn column: Int) -> String {
    var rest = column
    var letters: [UInt8] = []
    while rest > 0 {
      letters.append(UInt8(ascii: "A") + UInt8((rest - 1) % 26))
      rest = (rest - 1) / 26
    }
    return String(decoding: letters.reversed(), as: UTF8.self)
  }

  /// The letters of this reference's column.
  public var columnLetters: String { Self.letters(ofColumn: column) }

  /// Makes a reference of numbers that were checked before.
  init(checkedColumn column: Int, row: Int) {
    self.column = column
    self.row = row
  }
}

extension CellReference: Comparable {
  /// Orders row by row, and by column within a row.
  public static func < (left: CellReference, right: CellReference) -> Bool {
    (left.row, left.column) < (right.row, right.column)
  }
}

extension CellReference: CustomStringConvertible {
  /// The reference in A1 notation.
  public var description: String { "\(columnLetters)\(row)" }
}

/// Where in a reference a scan of it is: letters, then digits.
private struct A1Notation {
  private(set) var column = 0
  private(set) var row = 0
  /// Whether zeros may stand before the row.
  var allowsZeros = false
  private var isInRow = false

  mutating func accepts(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"):
      guard !isInRow else { return false }
      column = column * 26 + Int(byte & 0x1F)
      // Stops before the numbers can overflow.
      return column <= CellReference.lastColumn
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      // A row starts with no zero, and follows a column.
      guard column > 0, row > 0 || byte != UInt8(ascii: "0") || allowsZeros else { return false }
      isInRow = true
      row = row * 10 + Int(byte - UInt8(ascii: "0"))
      return row <= CellReference.lastRow
    default: return byte == UInt8(ascii: "$")
    }
  }
}
