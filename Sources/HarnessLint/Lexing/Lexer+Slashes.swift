extension Lexer {
  /// What begins with a slash: a comment, a regex literal or an operator.
  mutating func slash() -> Token {
    switch peek(1) {
    case UInt8(ascii: "/"):
      skipToEndOfLine()
      return token(.comment)
    case UInt8(ascii: "*"): return blockComment()
    default: break
    }
    if let end = bareRegexEnd() {
      index = end
      return token(.regex)
    }
    index += 1
    return token(.mark, UInt8(ascii: "/"))
  }

  mutating func skipToEndOfLine() {
    while index < bytes.count, !isLineEnd(bytes[index]) { index += 1 }
  }

  private mutating func blockComment() -> Token {
    index += 2
    var depth = 1
    while index < bytes.count, depth > 0 {
      switch (bytes[index], peek(1)) {
      case (UInt8(ascii: "*"), UInt8(ascii: "/")):
        depth -= 1
        index += 2
      case (UInt8(ascii: "/"), UInt8(ascii: "*")):
        depth += 1
        index += 2
      default: step()
      }
    }
    return token(.comment)
  }

  /// Where a regex literal that begins here ends, if one does.
  ///
  /// It begins where no value ends, does not begin or end with a space, closes no parenthesis that it has
  /// not opened, and ends on its line; a division is none of that at once.
  ///
  /// Source: SE-0354, "Regex syntax limitations in `/.../`".
  private func bareRegexEnd() -> Int? {
    guard index == 0 || isBeforePrefix(bytes[index - 1]) else { return nil }
    var (place, parentheses, isInClass) = (index + 1, 0, false)
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"): return nil
      case UInt8(ascii: " "), UInt8(ascii: "\t"): if place == index + 1 { return nil }
      case UInt8(ascii: "\\"):
        if place + 1 < bytes.count, !isLineEnd(bytes[place + 1]) { place += 1 }
      case UInt8(ascii: "["): isInClass = true
      case UInt8(ascii: "]"): isInClass = false
      case UInt8(ascii: "(") where !isInClass: parentheses += 1
      case UInt8(ascii: ")") where !isInClass:
        guard parentheses > 0 else { return nil }
        parentheses -= 1
      case UInt8(ascii: "/"):
        let last = bytes[place - 1]
        return last == UInt8(ascii: " ") || last == UInt8(ascii: "\t") ? nil : place + 1
      default: break
      }
      place += 1
    }
    return nil
  }

  /// Whether a value may begin after a byte.
  private func isBeforePrefix(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...0x20, UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: ","),
      UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "!"):
      true
    default: false
    }
  }

  /// A regex literal from the slash after its number signs.
  ///
  /// Source: SE-0354, "Extended regex literals": it has several lines where only spaces follow its slash.
  mutating func extendedRegex(pounds: Int) -> Token {
    index += 1
    var ahead = index
    while ahead < bytes.count,
      bytes[ahead] == UInt8(ascii: " ") || bytes[ahead] == UInt8(ascii: "\t")
    { ahead += 1 }
    let isMultiline = ahead < bytes.count && isLineEnd(bytes[ahead])
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\\"):
        index += 1
        if index < bytes.count, !isLineEnd(bytes[index]) { index += 1 }
      case UInt8(ascii: "/"):
        index += 1
        if (0..<pounds).allSatisfy({ peek($0) == UInt8(ascii: "#") }) {
          index += pounds
          return token(.regex)
        }
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        guard isMultiline else { return token(.regex) }
        step()
      default: index += 1
      }
    }
    return token(.regex)
  }
}
