/// How a string literal is delimited.
struct StringForm: Equatable {
  /// How many number signs stand on either side.
  var pounds: Int
  /// Whether three quotation marks stand on either side.
  var isMultiline: Bool
}

extension Lexer {
  /// A literal from its first quotation mark to its first interpolation, or to its end.
  mutating func string(pounds: Int) -> Token {
    let isMultiline =
      peek(1) == UInt8(ascii: "\"") && peek(2) == UInt8(ascii: "\"")
      && !(pounds > 0 && endsOnThisLine(pounds: pounds))
    index += isMultiline ? 3 : 1
    return stringSegment(StringForm(pounds: pounds, isMultiline: isMultiline))
  }

  /// Whether a raw literal that begins with three quotation marks is one of a single line, as `#"""#` is.
  private func endsOnThisLine(pounds: Int) -> Bool {
    var place = index + 1
    while place < bytes.count, !isLineEnd(bytes[place]) {
      if bytes[place] == UInt8(ascii: "\""), hasPounds(pounds, at: place + 1) { return true }
      place += 1
    }
    return false
  }

  /// The literal from here to its next interpolation, or to its end.
  mutating func stringSegment(_ form: StringForm) -> Token {
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\""):
        if closes(form) { return token(.string) }
        index += 1
      case UInt8(ascii: "\\") where hasPounds(form.pounds, at: index + 1):
        if peek(1 + form.pounds) == UInt8(ascii: "(") {
          resumption = .interpolation(form)
          return token(.string)
        }
        index += 1 + form.pounds
        // An escaped quotation mark does not end the literal; an escaped end of line is still one.
        if index < bytes.count, !isLineEnd(bytes[index]) { index += 1 }
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        guard form.isMultiline else { return token(.string) }
        step()
      default: index += 1
      }
    }
    return token(.string)
  }

  /// Steps over the end of a literal, where this is it.
  private mutating func closes(_ form: StringForm) -> Bool {
    let quotes = form.isMultiline ? 3 : 1
    for distance in 1..<quotes where peek(distance) != UInt8(ascii: "\"") { return false }
    guard hasPounds(form.pounds, at: index + quotes) else { return false }
    index += quotes + form.pounds
    return true
  }

  private func hasPounds(_ count: Int, at place: Int) -> Bool {
    guard place + count <= bytes.count else { return false }
    return bytes[place..<place + count].allSatisfy { $0 == UInt8(ascii: "#") }
  }
}
