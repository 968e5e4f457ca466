/// A header field value with parameters: `form-data; name="file"; filename="a; b.xlsx"`.
///
/// Source: RFC 9110, section 5.6.6. In a quoted value, a backslash takes its meaning from the next
/// character.
struct HeaderParameters {
  /// The value before the first parameter, in lower case.
  let value: String
  private var parameters: [String: String] = [:]

  init(_ field: some StringProtocol) {
    var pieces: [String] = [""]
    var isQuoted = false
    var isEscaped = false
    for character in field {
      switch character {
      case _ where isEscaped:
        pieces[pieces.count - 1].append(character)
        isEscaped = false
      case "\\" where isQuoted: isEscaped = true
      case "\"": isQuoted.toggle()
      case ";" where !isQuoted: pieces.append("")
      default: pieces[pieces.count - 1].append(character)
      }
    }
    value = pieces[0].trimmed.lowercased()
    for piece in pieces.dropFirst() {
      guard let equals = piece.firstIndex(of: "=") else { continue }
      let name = piece[..<equals].trimmed.lowercased()
      // A parameter that comes twice counts once: the first says what it is.
      if parameters[name] == nil { parameters[name] = piece[piece.index(after: equals)...].trimmed }
    }
  }

  /// The value of a parameter, by its name in lower case.
  subscript(_ name: String) -> String? { parameters[name] }
}

extension StringProtocol {
  /// The text without the white space at its two ends.
  fileprivate var trimmed: String {
    let start = drop(while: \.isWhitespace)
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...last])
  }
}
