extension Lexer {
  mutating func name() -> Token {
    var hash = Word.emptyHash
    let start = index
    while true {
      let byte = peek()
      if isNameByte(byte) {
        hash = Word.hash(hash, byte)
        index += 1
      } else if byte >= 0x80, case let scalar = scalar(at: index), !scalar.isOperator {
        for place in index..<index + scalar.length { hash = Word.hash(hash, bytes[place]) }
        index += scalar.length
      } else {
        break
      }
    }
    var token = token(.name)
    token.word = Word(bytes[start..<index], hash: hash)
    return token
  }

  /// A name in backticks, which is no keyword and may have any characters but an end of line.
  mutating func quotedName() -> Token {
    var end = index + 1
    var hash = Word.emptyHash
    while end < bytes.count, bytes[end] != UInt8(ascii: "`") {
      guard !isLineEnd(bytes[end]) else { break }
      hash = Word.hash(hash, bytes[end])
      end += 1
    }
    guard end < bytes.count, bytes[end] == UInt8(ascii: "`") else {
      index += 1
      return token(.mark, UInt8(ascii: "`"))
    }
    let text = index + 1..<end
    index = end + 1
    var token = token(.name)
    token.text = text
    let word = Word(bytes[text], hash: hash)
    if !word.isReserved { token.word = word }
    return token
  }

  /// A number; a letter after it, as in a hexadecimal one or an exponent, belongs to it.
  mutating func number() -> Token {
    while isNameByte(peek()) { index += 1 }
    if peek() == UInt8(ascii: "."), isDigit(peek(1)) {
      index += 1
      while isNameByte(peek()) { index += 1 }
    }
    return token(.number)
  }

  /// What begins with a number sign: a raw string, a regex literal, a directive or a macro.
  mutating func pound() -> Token {
    var pounds = 1
    while peek(pounds) == UInt8(ascii: "#") { pounds += 1 }
    switch peek(pounds) {
    case UInt8(ascii: "\""):
      index += pounds
      return string(pounds: pounds)
    case UInt8(ascii: "/"):
      index += pounds
      return extendedRegex(pounds: pounds)
    default:
      index += pounds
      while isNameByte(peek()) { index += 1 }
      return token(.directive)
    }
  }
}

func isDigit(_ byte: UInt8) -> Bool {
  (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
}

func isLineEnd(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
}

/// Whether a byte of ASCII is part of a name or a number.
func isNameByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"):
    true
  default: false
  }
}

/// Whether a byte of ASCII is part of an operator.
func isOperator(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: "-"), UInt8(ascii: "+"),
    UInt8(ascii: "!"), UInt8(ascii: "*"), UInt8(ascii: "%"), UInt8(ascii: "<"), UInt8(ascii: ">"),
    UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "^"), UInt8(ascii: "~"), UInt8(ascii: "?"):
    true
  default: false
  }
}
