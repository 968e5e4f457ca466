extension String {
  /// The text with `***` for what must not be printed: credentials, cookies, tokens and passwords.
  ///
  /// A service may send back what it was sent. Masked are the values of fields and members by their names,
  /// the tokens after `Bearer` and `Basic`, and the passwords of URLs.
  package var withSecretsMasked: String {
    var mask = SecretMask(bytes: Array(utf8))
    return String(decoding: mask.masked(), as: UTF8.self)
  }
}

extension [UInt8] {
  /// The bytes with `***` for what must not be stored, by the rules for text: a form of several parts has texts
  /// beside its files.
  package var withSecretsMasked: [UInt8] {
    var mask = SecretMask(bytes: self)
    return mask.masked()
  }
}

/// Which names say that a value is a secret.
package enum SecretName {
  /// What the names of members, parameters and fields end with, as `access_token` and `X-Auth-Token` do.
  ///
  /// Not every key is one: `Idempotency-Key`, `Sec-WebSocket-Key` and `publicKey` may be read.
  private static let endings = [
    "password", "passwordconfirmation", "passwordconfirm", "passwordrepeat", "passwd", "passphrase",
    "secret", "token", "apikey", "privatekey", "accesskey", "authkey", "secretkey", "sharedkey",
    "masterkey", "signingkey", "encryptionkey", "subscriptionkey", "functionskey",
  ]

  /// Whether the value of a field, a member or a parameter of this name is a secret.
  package static func isSecret(_ name: some StringProtocol) -> Bool {
    var letters = name.utf8.filter { $0.isLetter || $0.isDigit }
    // `password2` and `X-Api-Key-1` are as secret as the first.
    while letters.last?.isDigit == true { letters.removeLast() }
    let text = String(decoding: letters, as: UTF8.self).lowercased()
    return endings.contains(where: text.hasSuffix)
  }
}

/// Goes through a text once and leaves its secrets out.
private struct SecretMask {
  /// Fields whose value is a secret up to the end of the line.
  private static let fields: Set = [
    "authorization", "proxyauthorization", "cookie", "setcookie", "xapikey",
  ]
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

  mutating func masked() -> [UInt8] {
    var result: [UInt8] = []
    var copied = 0
    while index < bytes.count {
      if let secret = secretAhead {
        result += bytes[copied..<secret.lowerBound]
        result += "***".utf8
        copied = secret.upperBound
        index = copied
      } else {
        index += 1
      }
    }
    return copied == 0 ? bytes : result + bytes[copied...]
  }

  /// The secret that what begins here tells of.
  private var secretAhead: Range<Int>? {
    if matches("://", at: index) { return urlPassword }
    guard isWord(bytes[index]), index == 0 || !isWord(bytes[index - 1]) else { return nil }
    let end = self.end(from: index, while: isWord)
    let letters = bytes[index..<end].filter { $0.isLetter || $0.isDigit }
    switch String(decoding: letters, as: UTF8.self).lowercased() {
    case "bearer", "basic": return token(after: end)
    case "name": return part(after: end)
    case let name where Self.fields.contains(name): return value(after: end, kind: .field)
    case let name where SecretName.isSecret(name):
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

  /// The content of a part of a form whose name says that it is a secret: what stands between the blank line behind
  /// `name="…"` and the next boundary.
  ///
  /// Source: RFC 7578, section 4.2, and RFC 2046, section 5.1.1.
  private func part(after word: Int) -> Range<Int>? {
    guard matches("=\"", at: word) else { return nil }
    let name = word + 2..<end(from: word + 2) { !"\"\r\n".utf8.contains($0) }
    let line = bytes[..<word].suffix(80)
    guard SecretName.isSecret(String(decoding: bytes[name], as: UTF8.self)),
      line.firstRange(of: "form-data".utf8) != nil,
      let blank = bytes[name.upperBound...].firstRange(of: "\r\n\r\n".utf8)
    else { return nil }
    let start = blank.upperBound
    let end = bytes[start...].firstRange(of: "\r\n--".utf8)?.lowerBound ?? bytes.count
    return end > start ? start..<end : nil
  }

  /// The value after `name: `, `name=`, `group[name]=` or `"name": "`, be the quotation marks escaped or not.
  private func value(after word: Int, kind: Kind) -> Range<Int>? {
    let name =
      matches("]", at: word)
      ? word + 1 : matches("%5D", at: word) || matches("%5d", at: word) ? word + 3 : word
    let isQuotationMark: (UInt8) -> Bool = { "\\\"'".utf8.contains($0) }
    let isSpace: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") }
    let nameEnd = end(from: name, while: isQuotationMark)
    let separator = end(from: nameEnd, while: isSpace)
    guard separator < bytes.count, ":=".utf8.contains(bytes[separator]) else { return nil }
    let isField =
      kind == .field || kind == .hyphenated && bytes[separator] == UInt8(ascii: ":")
    let opening = end(from: separator + 1, while: isSpace)
    // One mark, which may be escaped: two of them are an empty value.
    let mark = end(from: opening) { $0 == UInt8(ascii: "\\") }
    let isQuoted = mark < bytes.count && "\"'".utf8.contains(bytes[mark])
    let start = isQuoted ? mark + 1 : opening
    let end: Int
    if isQuoted {
      end = quotedEnd(from: start, by: bytes[mark], isEscaped: mark > opening)
    } else if nameEnd == name, isField || bytes[separator] == UInt8(ascii: "=") {
      let stops = isField ? "\r\n\"'\\" : "\r\n\"'\\ \t&;,"
      end = self.end(from: start) { !stops.utf8.contains($0) }
    } else {
      // A number, a list, or prose such as "password: too short".
      return nil
    }
    return end > start ? start..<end : nil
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
