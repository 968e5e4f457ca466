/// A piece of a source that means something: a name, a literal, a mark.
struct Token: Equatable {
  enum Kind: UInt8 {
    /// An identifier or a keyword.
    case name
    case number
    /// A string literal, or the part of one before, between or after its interpolations.
    case string
    case regex
    /// One byte of punctuation; an operator of several bytes is several marks, each adjacent to the last.
    case mark
    /// An operator that begins with two dots, or one character of an operator beyond ASCII.
    case symbol
    /// `#if`, `#expect` and the like.
    case directive
    case comment
    /// Before the first and after the last piece.
    case end
  }

  var kind = Kind.end
  /// Which of the known words a name is; one in backticks too, but never a keyword then.
  var word = Word.other
  /// The byte of a mark.
  var byte: UInt8 = 0
  /// Whether a line ended between the token before and this one.
  var startsLine = false
  /// Whether nothing lies between the token before and this one.
  var isAdjacent = false
  /// Where the text is; that of a name is without its backticks.
  var text = 0..<0
  var place = SourcePlace(line: 1, column: 1)

  func isMark(_ mark: Unicode.Scalar) -> Bool {
    kind == .mark && byte == UInt8(ascii: mark)
  }
}

/// A place in a source.
struct SourcePlace: Equatable {
  /// Counted from 1.
  var line: Int
  /// Counted from 1 in bytes of UTF-8, as the compiler does.
  var column: Int
}
