/// The tokens around one, of a source that is read once and never held as a whole list of tokens.
///
/// Comments are not among them: they go to whoever looks for allowances.
struct TokenWindow {
  /// How many tokens can be seen after the current one.
  static let ahead = 256
  /// How many can be seen before it.
  static let behind = 255

  /// Where the ring's slots are: a power of two.
  private static let capacity = 512

  let bytes: [UInt8]
  private var lexer: Lexer
  private var slots = [Token](repeating: Token(), count: capacity)
  /// How many tokens lie before the current one; that is -1 before the first.
  private(set) var position = -1
  private var lexed = 0
  private var hasEnded = false
  private var lastLine = 0
  /// The allowances that were read so far.
  private(set) var allowances = AllowanceBook()

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    lexer = Lexer(bytes)
  }

  /// Moves on by one token; false at the end.
  mutating func advance() throws(NestingError) -> Bool {
    position += 1
    while !hasEnded, lexed <= position + Self.ahead { try read() }
    return self[0].kind != .end
  }

  /// The token that many after the current one, or before it; one of the kind `end` where there is none.
  subscript(_ distance: Int) -> Token {
    let ordinal = position + distance
    guard ordinal >= 0, ordinal < lexed, distance >= -Self.behind else { return Token() }
    return slots[ordinal & (Self.capacity - 1)]
  }

  /// The text of a token, repaired where it is not UTF-8.
  func text(of token: Token) -> String {
    String(decoding: bytes[token.text], as: UTF8.self)
  }

  private mutating func read() throws(NestingError) {
    let token = try lexer.next()
    switch token.kind {
    case .comment:
      allowances.comment(
        bytes[token.text], at: token.place, followsCode: lastLine == token.place.line)
    case .end:
      hasEnded = true
    default:
      allowances.code(onLine: token.place.line)
      slots[lexed & (Self.capacity - 1)] = token
      lexed += 1
      // A string of several lines ends on another line than it begins.
      lastLine = lexer.line
    }
  }
}

// MARK: Names that are no values

extension TokenWindow {
  /// Whether the current name is the label of an argument.
  var isLabel: Bool { hasColon && (self[-1].isMark("(") || self[-1].isMark(",")) }

  /// Whether the current name is a label, or the parameter behind one.
  var isParameterName: Bool {
    guard hasColon, !isLabel else { return isLabel }
    switch self[-1].word {
    // An expression may begin after these.
    case .await, .case, .return, .throw, .try: return false
    default: return self[-1].kind == .name
    }
  }

  /// A colon after the current name, which is not half of a module selector.
  private var hasColon: Bool { self[1].isMark(":") && !self[2].isMark(":") }
}
