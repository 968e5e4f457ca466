/// Goes through a text once and finds its secrets.
///
/// Each byte is looked at a few times at the most, whatever the text is, and no byte or word costs an allocation: bodies
/// of a megabyte are searched for each failure.
struct SecretSearch {
  /// Fields whose value is a secret up to the end of the line.
  private static let fields = [
    "authorization", "proxyauthorization", "cookie", "setcookie", "xapikey",
  ].map { Array($0.utf8) }
  private static let schemes = ["bearer", "basic"].map { Array($0.utf8) }
  private static let name = Array("name".utf8)
  private static let formData = Array("form-data".utf8)
  private static let blankLine = Array("\r\n\r\n".utf8)
  private static let boundary = Array("\r\n--".utf8)

  /// What a name is that of.
  private enum Kind {
    case field, member
    /// Of a field before a colon, else of a parameter.
    case hyphenated
  }

  private let bytes: [UInt8]
  private var index = 0
  /// The letters and digits of the word at hand, in lower case.
  private var letters: [UInt8] = []
  /// The blank line that was found last, and from where on it was looked for.
  private var blank: (from: Int, at: Int?)?
  /// The content of a part that is a secret, which lies further on.
  private var pending: Range<Int>?

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Where the secrets lie, in their order.
  mutating func all() -> [Range<Int>] {
    var secrets: [Range<Int>] = []
    while index < bytes.count {
      if let part = pending, index >= part.lowerBound {
        pending = nil
        guard part.upperBound > index else { continue }
        secrets.append(index..<part.upperBound)
        index = part.upperBound
        continue
      }
      let secret: Range<Int>?
      var next = index + 1
      if bytes[index].isWord {
        next = end(from: next, while: .word)
        secret = self.secret(behind: index..<next)
      } else {
        secret = urlPassword
      }
      if let secret { secrets.append(secret) }
      index = secret?.upperBound ?? next
    }
    return secrets
  }

  /// The secret that a word tells of.
  private mutating func secret(behind word: Range<Int>) -> Range<Int>? {
    letters.removeAll(keepingCapacity: true)
    var isHyphenated = false
    for byte in bytes[word] {
      if byte.isLetter || byte.isDigit {
        letters.append(byte.inLowerCase)
      } else if byte == UInt8(ascii: "-") {
        isHyphenated = true
      }
    }
    let end = word.upperBound
    if Self.schemes.contains(letters) { return token(after: end) }
    if letters == Self.name {
      if pending == nil { pending = part(after: end) }
      return nil
    }
    if Self.fields.contains(letters) { return value(after: end, kind: .field) }
    guard SecretName.isSecret(letters: letters) else { return nil }
    return value(after: end, kind: isHyphenated ? .hyphenated : .member)
  }

  /// What stands between the colon and the last "@" of an authority (RFC 3986, section 3.2.1).
  private var urlPassword: Range<Int>? {
    let start = index + 3
    guard start < bytes.count, bytes[index] == UInt8(ascii: ":"),
      bytes[index + 1] == UInt8(ascii: "/"), bytes[index + 2] == UInt8(ascii: "/")
    else { return nil }
    let end = self.end(from: start, until: .endOfAuthority)
    guard let at = bytes[start..<end].lastIndex(of: UInt8(ascii: "@")),
      let colon = bytes[start..<at].firstIndex(of: UInt8(ascii: ":"))
    else { return nil }
    return colon + 1..<at
  }

  /// A token, told from a word of prose by its length or a digit.
  private func token(after name: Int) -> Range<Int>? {
    let start = end(from: name, while: .space)
    guard start > name else { return nil }
    let end = self.end(from: start, while: .token)
    guard end - start >= 20 || bytes[start..<end].contains(where: \.isDigit) else { return nil }
    return start..<end
  }

  /// The content of a part of a form whose name says that it is a secret: what stands between the blank line behind
  /// `name="…"` and the next boundary.
  ///
  /// Source: RFC 7578, section 4.2, and RFC 2046, section 5.1.1.
  private mutating func part(after word: Int) -> Range<Int>? {
    guard has(UInt8(ascii: "="), at: word), has(UInt8(ascii: "\""), at: word + 1) else {
      return nil
    }
    let name = word + 2..<end(from: word + 2, until: .endOfPartName)
    let line = max(0, word - 80)..<word
    guard SecretName.isSecret(String(decoding: bytes[name], as: UTF8.self)),
      first(Self.formData, in: line) != nil
    else { return nil }
    guard let blank = blankLine(from: name.upperBound) else { return nil }
    let start = blank + Self.blankLine.count
    let end = first(Self.boundary, in: start..<bytes.count) ?? bytes.count
    return end > start ? start..<end : nil
  }

  /// Where the next blank line begins, looked for once.
  private mutating func blankLine(from start: Int) -> Int? {
    if let blank, blank.from <= start, blank.at ?? .max >= start { return blank.at }
    let at = first(Self.blankLine, in: start..<bytes.count)
    blank = (start, at)
    return at
  }

  /// The value after `name: `, `name=`, `group[name]=` or `"name": "`, be the quotation marks escaped or not.
  private func value(after word: Int, kind: Kind) -> Range<Int>? {
    let name = word + closingBracket(at: word)
    let nameEnd = end(from: name, while: .quotation)
    let separator = end(from: nameEnd, while: .space)
    guard has(UInt8(ascii: ":"), at: separator) || has(UInt8(ascii: "="), at: separator) else {
      return nil
    }
    let isColon = bytes[separator] == UInt8(ascii: ":")
    let isField = kind == .field || kind == .hyphenated && isColon
    let opening = end(from: separator + 1, while: .space)
    // One mark, which may be escaped: two of them are an empty value.
    let mark = end(from: opening, while: .backslash)
    let isQuoted = has(UInt8(ascii: "\""), at: mark) || has(UInt8(ascii: "'"), at: mark)
    let start = isQuoted ? mark + 1 : opening
    let end: Int
    if isQuoted {
      end = quotedEnd(from: start, by: bytes[mark], isEscaped: mark > opening)
    } else if nameEnd == name, isField || !isColon {
      end = self.end(from: start, until: isField ? .endOfField : .endOfParameter)
    } else {
      // A number, a list, or prose such as "password: too short".
      return nil
    }
    return end > start ? start..<end : nil
  }

  /// How many bytes the end of `group[name]` takes here, percent-encoded or not; 0 where there is none.
  private func closingBracket(at index: Int) -> Int {
    if has(UInt8(ascii: "]"), at: index) { return 1 }
    let isEncoded =
      has(UInt8(ascii: "%"), at: index) && has(UInt8(ascii: "5"), at: index + 1)
      && (has(UInt8(ascii: "D"), at: index + 2) || has(UInt8(ascii: "d"), at: index + 2))
    return isEncoded ? 3 : 0
  }

  /// Where a quoted value ends: at the next mark of its kind that is not escaped.
  private func quotedEnd(from start: Int, by mark: UInt8, isEscaped: Bool) -> Int {
    var index = start
    while index < bytes.count, bytes[index] != mark {
      if bytes[index] == UInt8(ascii: "\\") {
        if isEscaped { return index }
        index += 1
      }
      index += 1
    }
    return min(index, bytes.count)
  }

  private func end(from start: Int, while set: ByteSet) -> Int {
    var index = start
    while index < bytes.count, set.contains(bytes[index]) { index += 1 }
    return min(index, bytes.count)
  }

  private func end(from start: Int, until set: ByteSet) -> Int {
    var index = start
    while index < bytes.count, !set.contains(bytes[index]) { index += 1 }
    return min(index, bytes.count)
  }

  private func has(_ byte: UInt8, at index: Int) -> Bool {
    index < bytes.count && bytes[index] == byte
  }

  /// Where the pattern stands first.
  private func first(_ pattern: [UInt8], in range: Range<Int>) -> Int? {
    var start = range.lowerBound
    while start + pattern.count <= range.upperBound {
      if bytes[start] == pattern[0],
        bytes[start..<start + pattern.count].elementsEqual(pattern)
      {
        return start
      }
      start += 1
    }
    return nil
  }
}

/// A set of ASCII characters.
private struct ByteSet {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  init(_ characters: String) {
    for byte in characters.utf8 {
      if byte < 64 { low |= 1 << byte } else { high |= 1 << (byte - 64) }
    }
  }

  func contains(_ byte: UInt8) -> Bool {
    byte < 64 ? low >> byte & 1 == 1 : byte < 128 && high >> (byte - 64) & 1 == 1
  }

  private static let alphanumerics =
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
  static let word = ByteSet(alphanumerics + "-_")
  static let token = ByteSet(alphanumerics + "-_.~+/=")
  static let space = ByteSet(" ")
  static let backslash = ByteSet("\\")
  static let quotation = ByteSet("\\\"'")
  static let endOfAuthority = ByteSet("/?#\"'<> \t\r\n")
  static let endOfPartName = ByteSet("\"\r\n")
  static let endOfField = ByteSet("\r\n\"'\\")
  static let endOfParameter = ByteSet("\r\n\"'\\ \t&;,")
}

extension UInt8 {
  fileprivate var isWord: Bool { ByteSet.word.contains(self) }
}
