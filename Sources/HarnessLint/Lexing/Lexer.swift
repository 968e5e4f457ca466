/// Cuts the bytes of a Swift source into tokens, without recursion, whatever the bytes are.
///
/// Source: The Swift Programming Language, "Lexical Structure"; SE-0200 (raw strings), SE-0354 (regex
/// literals), SE-0451 (raw identifiers). A literal or comment that does not end is ended by its line, or
/// by the source, as the compiler recovers too.
struct Lexer {
  /// How deep interpolations and brackets may be nested: twice what the compiler takes.
  static let maximumDepth = 512

  /// What comes next, where that is not said by the bytes.
  enum Resumption {
    case code
    /// The opening parenthesis of an interpolation.
    case interpolation(StringForm)
    /// The rest of a string literal, after an interpolation.
    case segment(StringForm)
  }

  let bytes: [UInt8]
  var index = 0
  var line = 1
  var lineStart = 0
  var resumption = Resumption.code
  /// The literals whose interpolations are open, outermost first, each with its open parentheses.
  var openLiterals: [(form: StringForm, parentheses: Int)] = []
  private var started = Token()
  private var startsLine = true
  private var lastEnd = -1

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    if peek() == UInt8(ascii: "#"), peek(1) == UInt8(ascii: "!") { skipToEndOfLine() }
  }

  /// The next token, comments among them; past the end, one of the kind `end` without end.
  mutating func next() throws(NestingError) -> Token {
    switch resumption {
    case .segment(let form):
      resumption = .code
      begin()
      return stringSegment(form)
    case .interpolation(let form):
      resumption = .code
      begin()
      guard openLiterals.count < Self.maximumDepth else { throw NestingError(place: place) }
      openLiterals.append((form, 0))
      index += 2 + form.pounds
      return token(.mark, UInt8(ascii: "("))
    case .code:
      skipSpace()
      begin()
      return code()
    }
  }

  private mutating func code() -> Token {
    guard index < bytes.count else { return token(.end) }
    let byte = bytes[index]
    switch byte {
    case UInt8(ascii: "/"): return slash()
    case UInt8(ascii: "\""): return string(pounds: 0)
    case UInt8(ascii: "#"): return pound()
    case UInt8(ascii: "`"): return quotedName()
    case UInt8(ascii: "("):
      if !openLiterals.isEmpty { openLiterals[openLiterals.count - 1].parentheses += 1 }
    case UInt8(ascii: ")"): closeParenthesis()
    case UInt8(ascii: ".") where peek(1) == UInt8(ascii: "."):
      while isOperator(peek()) || peek() == UInt8(ascii: ".") { index += 1 }
      return token(.symbol)
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return number()
    case _ where isNameByte(byte): return name()
    case 0x80...:
      let scalar = scalar(at: index)
      guard scalar.isOperator else { return name() }
      index += scalar.length
      return token(.symbol)
    default: break
    }
    index += 1
    return token(.mark, byte)
  }

  private mutating func closeParenthesis() {
    guard let literal = openLiterals.last else { return }
    if literal.parentheses > 0 {
      openLiterals[openLiterals.count - 1].parentheses -= 1
    } else {
      openLiterals.removeLast()
      resumption = .segment(literal.form)
    }
  }
}

// MARK: Building tokens

extension Lexer {
  var place: SourcePlace { SourcePlace(line: line, column: index - lineStart + 1) }

  private mutating func begin() {
    started = Token()
    started.startsLine = startsLine
    started.isAdjacent = index == lastEnd
    started.text = index..<index
    started.place = place
    startsLine = false
  }

  /// The token from where it began to here.
  mutating func token(_ kind: Token.Kind, _ byte: UInt8 = 0) -> Token {
    var token = started
    token.kind = kind
    token.byte = byte
    token.text = started.text.lowerBound..<index
    lastEnd = index
    return token
  }

  /// The byte that many after this one; 0 beyond the end.
  func peek(_ distance: Int = 0) -> UInt8 {
    index + distance < bytes.count ? bytes[index + distance] : 0
  }

  /// Steps over a byte that may end a line.
  mutating func step() {
    let byte = bytes[index]
    index += 1
    guard byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") else { return }
    if byte == UInt8(ascii: "\r"), peek() == UInt8(ascii: "\n") { index += 1 }
    line += 1
    lineStart = index
  }

  private mutating func skipSpace() {
    // Control characters are no code either; the compiler warns of them and goes on.
    while index < bytes.count, bytes[index] <= 0x20 || bytes[index] == 0x7F {
      let before = line
      step()
      if line != before { startsLine = true }
    }
  }
}
