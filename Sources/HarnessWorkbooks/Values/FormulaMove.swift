/// Moves the relative references of a formula as far as one cell lies from another.
///
/// It reads words, not grammar: what is quoted, in brackets, a function or the name of a sheet is left alone.
///
/// Source: ECMA-376, part 1, sections 18.3.1.40 (`f`, shared formulas) and 18.17.2.3 (references).
struct FormulaMove {
  private let rows: Int
  private let columns: Int

  init(from origin: CellReference, to cell: CellReference) {
    rows = cell.row - origin.row
    columns = cell.column - origin.column
  }

  /// The formula with its references moved.
  func moved(_ formula: String) -> String {
    let text = Array(formula.utf8)
    var result: [UInt8] = []
    var position = 0
    while position < text.count {
      let start = position
      switch text[position] {
      case UInt8(ascii: "\""), UInt8(ascii: "'"): skipQuoted(text, &position)
      case UInt8(ascii: "["): skipBrackets(text, &position)
      case let byte where isWordByte(byte):
        position = endOfWord(text, position)
        if let reference = reference(text, start, &position) {
          result += reference.utf8
          continue
        }
      default: position += 1
      }
      result += text[start..<position]
    }
    return String(decoding: result, as: UTF8.self)
  }

  private func skipQuoted(_ text: [UInt8], _ position: inout Int) {
    // A doubled quote ends one piece and begins the next.
    position = text[(position + 1)...].firstIndex(of: text[position]).map { $0 + 1 } ?? text.count
  }

  private func skipBrackets(_ text: [UInt8], _ position: inout Int) {
    var depth = 0
    while position < text.count {
      switch text[position] {
      case UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "]"): depth -= 1
      // In the name of a table's column, the next byte stands for itself.
      case UInt8(ascii: "'"): position += 1
      default: break
      }
      position += 1
      if depth == 0 { break }
    }
    position = min(position, text.count)
  }

  private func endOfWord(_ text: [UInt8], _ start: Int) -> Int {
    text[start...].firstIndex { !isWordByte($0) } ?? text.count
  }

  /// The reference that a word is, moved; nil for any other word.
  ///
  /// A range of whole columns or rows, such as `A:C`, is one reference; `position` then moves behind it.
  private func reference(_ text: [UInt8], _ start: Int, _ position: inout Int) -> String? {
    let next = position < text.count ? text[position] : 0
    guard next != UInt8(ascii: "("), next != UInt8(ascii: "!"), next != UInt8(ascii: "[") else {
      return nil
    }
    let word = ReferenceWord(text[start..<position])
    if let word, word.isCell { return shown([word]) }
    guard let word, next == UInt8(ascii: ":") else { return nil }
    let end = endOfWord(text, position + 1)
    guard let other = ReferenceWord(text[(position + 1)..<end]), !other.isCell,
      (other.column == nil) == (word.column == nil)
    else { return nil }
    position = end
    return shown([word, other])
  }

  private func shown(_ words: [ReferenceWord]) -> String {
    let moved = words.compactMap { $0.moved(rows: rows, columns: columns) }
    return moved.count == words.count ? moved.joined(separator: ":") : "#REF!"
  }
}

/// A column, a row or both, each perhaps fixed by a `$`.
private struct ReferenceWord {
  let column: Int?
  let row: Int?
  private var isColumnFixed = false
  private var isRowFixed = false

  var isCell: Bool { column != nil && row != nil }

  init?(_ word: ArraySlice<UInt8>) {
    var rest = word
    func takeSign() -> Bool {
      guard rest.first == UInt8(ascii: "$") else { return false }
      rest.removeFirst()
      return true
    }
    let first = takeSign()
    let letters = rest.prefix { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 & 0xDF }
    rest = rest.dropFirst(letters.count)
    let second = letters.isEmpty ? first : takeSign()
    let digits = rest.prefix(while: isDigit)
    guard digits.count == rest.count, letters.count <= 3, digits.count <= 7,
      !(letters.isEmpty && digits.isEmpty), letters.isEmpty || !second || !digits.isEmpty
    else { return nil }
    column =
      letters.isEmpty
      ? nil : letters.reduce(0) { $0 * 26 + Int($1 & 0xDF) - Int(UInt8(ascii: "A")) + 1 }
    row = digits.isEmpty ? nil : digits.reduce(0) { $0 * 10 + Int($1) - Int(UInt8(ascii: "0")) }
    if let column, !(1...CellReference.lastColumn ~= column) { return nil }
    if let row, !(1...CellReference.lastRow ~= row) { return nil }
    isColumnFixed = !letters.isEmpty && first
    isRowFixed = !digits.isEmpty && second
  }

  /// The word somewhere else; nil where that is outside of a sheet.
  func moved(rows: Int, columns: Int) -> String? {
    var text = ""
    if let column {
      let place = isColumnFixed ? column : column + columns
      guard 1...CellReference.lastColumn ~= place else { return nil }
      text += (isColumnFixed ? "$" : "") + CellReference.letters(ofColumn: place)
    }
    if let row {
      let place = isRowFixed ? row : row + rows
      guard 1...CellReference.lastRow ~= place else { return nil }
      text += (isRowFixed ? "$" : "") + "\(place)"
    }
    return text
  }
}

/// Whether a byte belongs to a name, a number or a reference.
private func isWordByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."),
    UInt8(ascii: "$"), UInt8(ascii: "\\"), UInt8(ascii: "?"), 0x80...:
    true
  default: false
  }
}
