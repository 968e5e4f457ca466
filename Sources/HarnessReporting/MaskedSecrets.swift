extension String {
  /// The text with `***` for what must not be printed: credentials, cookies, tokens and passwords.
  ///
  /// A service may send back what it was sent. Masked are the values of fields and members by their names,
  /// the tokens after `Bearer` and `Basic`, and the passwords of URLs.
  package var withSecretsMasked: String {
    var mask = SecretMask(bytes: Array(utf8))
    return mask.masked()
  }
}

/// Goes through a text once and leaves its secrets out.
private struct SecretMask {
  /// Fields whose value is a secret up to the end of the line.
  private static let fields: Set = [
    "authorization", "proxyauthorization", "cookie", "setcookie", "xapikey",
  ]
  /// What the names of members, parameters and fields end with whose value is a secret, as `access_token` and
  /// `X-Auth-Token` do.
  private static let endings = ["password", "passwd", "secret", "token", "apikey", "privatekey"]

  /// What a name is that of.
  private enum Kind {
    case field, member
    /// Of a field before a colon, else of a parameter.
    case hyphenated
  }

  let bytes: [UInt8]
  private var index = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func masked() -> String {
    var result: [UInt8] = []
    while index < bytes.count {
      if let secret = secretAhead {
        result += bytes[index..<secret.lowerBound] + Array("***".utf8)
        index = secret.upperBound
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The secret that what begins here tells of.
  private var secretAhead: Range<Int>? {
    if matches("://", at: index) { return urlPassword }
    guard isWord(bytes[index]), index == 0 || !isWord(bytes[index - 1]) else { return nil }
    let end = self.end(from: index, while: isWord)
    let letters = bytes[index..<end].filter { $0.isLetter || $0.isDigit }
    switch String(decoding: letters, as: UTF8.self).lowercased() {
    case "bearer", "basic": return token(after: end)
    case let name where Self.fields.contains(name): return value(after: end, kind: .field)
    case let name where Self.endings.contains(where: name.hasSuffix):
      let isHyphenated = bytes[index..<end].contains(UInt8(ascii: "-"))
      return value(after: end, kind: isHyphenated ? .hyphenated : .member)
    default: return nil
    }
  }

  /// What stands between the colon and the last "@" of an authority (RFC 3986, section 3.2.1).
  private var urlPassword: Range<Int>? {
    let start = index + 3
    let end = self.end(from: start) { !"/?#\"'<> \t\r\n".utf8.contains($0) }
    guard let at = bytes[start..<end].lastIndex(of: UInt8(ascii: "@")),
      let colon = bytes[start..<at].firstIndex(of: UInt8(ascii: ":"))
    else { return nil }
    return colon + 1..<at
  }

  /// A token, told from a word of prose by its length or a digit.
  private func token(after name: Int) -> Range<Int>? {
    let start = end(from: name) { $0 == UInt8(ascii: " ") }
    let end = self.end(from: start) { isWord($0) || ".~+/=".utf8.contains($0) }
    guard start > name, end - start >= 20 || bytes[start..<end].contains(where: \.isDigit) else {
      return nil
    }
    return start..<end
  }

  /// The value after `name: `, `name=` or `"name": "`, be the quotation marks escaped or not.
  private func value(after name: Int, kind: Kind) -> Range<Int>? {
    let isQuotationMark: (UInt8) -> Bool = { "\\\"'".utf8.contains($0) }
    let isSpace: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") }
    let nameEnd = end(from: name, while: isQuotationMark)
    let separator = end(from: nameEnd, while: isSpace)
    guard separator < bytes.count, ":=".utf8.contains(bytes[separator]) else { return nil }
    let isField =
      kind == .field || kind == .hyphenated && bytes[separator] == UInt8(ascii: ":")
    let opening = end(from: separator + 1, while: isSpace)
    let start = end(from: opening, while: isQuotationMark)
    let end: Int
    if start > opening {
      end = quotedEnd(from: start, isEscaped: bytes[opening] == UInt8(ascii: "\\"))
    } else if nameEnd == name, isField || bytes[separator] == UInt8(ascii: "=") {
      let stops = isField ? "\r\n\"'\\" : "\r\n\"'\\ \t&;,"
      end = self.end(from: start) { !stops.utf8.contains($0) }
    } else {
      // A number, a list, or prose such as "password: too short".
      return nil
    }
    return end > start ? start..<end : nil
  }

  /// Where a quoted value ends: at the next quotation mark that is not escaped.
  private func quotedEnd(from start: Int, isEscaped: Bool) -> Int {
    var index = start
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      if bytes[index] == UInt8(ascii: "\\") {
        if isEscaped { return index }
        index += 1
      }
      index += 1
    }
    return min(index, bytes.count)
  }

  private func end(from start: Int, while isPart: (UInt8) -> Bool) -> Int {
    bytes[start...].firstIndex { !isPart($0) } ?? bytes.count
  }

  private func matches(_ text: StaticString, at index: Int) -> Bool {
    bytes[index...].starts(with: "\(text)".utf8)
  }

  private func isWord(_ byte: UInt8) -> Bool {
    byte.isLetter || byte.isDigit || "-_".utf8.contains(byte)
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

  fileprivate var isLetter: Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
  }
}
