/// A path to one value inside a JSON document.
///
/// Source: RFC 6901.
public struct JSONPointer: Sendable {
  /// The member names and array indices from the root, unescaped.
  ///
  /// None for the whole document.
  public var tokens: [String]

  /// Makes a pointer of unescaped tokens.
  public init(tokens: [String] = []) {
    self.tokens = tokens
  }

  /// Reads a pointer: `/a/0` (RFC 6901, section 5) or a URI fragment, `#/a/0` (section 6).
  ///
  /// - Throws: what breaks the grammar.
  public init(parsing text: String) throws(JSONPointerError) {
    guard let first = text.utf8.first else {
      tokens = []
      return
    }
    let isFragment = first == UInt8(ascii: "#")
    var path = text
    if isFragment {
      guard let decoded = percentDecoded(text.utf8.dropFirst()) else {
        throw JSONPointerError(text: text, reason: "its percent-encoding is broken")
      }
      path = decoded
    }
    guard path.isEmpty || path.utf8.first == UInt8(ascii: "/") else {
      throw JSONPointerError(text: text, reason: "it is not empty and does not begin with \"/\"")
    }
    tokens = []
    for escaped in path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .dropFirst()
    {
      guard let token = unescapedToken(escaped) else {
        throw JSONPointerError(text: text, reason: "\"~\" is not followed by 0 or 1")
      }
      tokens.append(token)
    }
  }

  /// The pointer to a member of the value this points to.
  public func appending(_ name: String) -> JSONPointer {
    JSONPointer(tokens: tokens + [name])
  }

  /// The pointer to an element of the array this points to.
  public func appending(_ index: Int) -> JSONPointer {
    appending(String(index))
  }

  /// The pointer as a URI fragment, for example `#/a%20b/0`.
  ///
  /// Source: RFC 6901, section 6; RFC 3986, section 3.5.
  public var fragment: String {
    "#" + percentEncoded(description)
  }
}

extension JSONPointer {
  /// The array index that a token is: digits without a leading zero.
  ///
  /// `-` names no existing element.
  ///
  /// Source: RFC 6901, section 4.
  static func arrayIndex(_ token: String) -> Int? {
    guard token == "0" || token.utf8.first != UInt8(ascii: "0"), token.utf8.allSatisfy(isDigit)
    else { return nil }
    return Int(token)
  }
}

/// Why a text is no JSON Pointer.
public struct JSONPointerError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The text.
  public let text: String
  /// What is wrong with it.
  public let reason: String

  /// For example `"a/b" is no JSON Pointer: it is not empty and does not begin with "/"`.
  public var description: String {
    "\(JSONValue.string(text).excerpt(limit: 240)) is no JSON Pointer: \(reason) (RFC 6901)"
  }
}

extension JSONPointer: CustomStringConvertible {
  /// The pointer as text, for example `/a/0`; empty for the whole document.
  public var description: String {
    tokens.map { token in
      var escaped = "/"
      for scalar in token.unicodeScalars {
        switch scalar {
        case "~": escaped += "~0"
        case "/": escaped += "~1"
        default: escaped.unicodeScalars.append(scalar)
        }
      }
      return escaped
    }.joined()
  }
}

extension JSONPointer: Hashable {
  /// Whether both have the same tokens, by their UTF-8 bytes.
  public static func == (one: Self, other: Self) -> Bool {
    one.tokens.map(ByteString.init) == other.tokens.map(ByteString.init)
  }

  /// Feeds the bytes of the tokens.
  public func hash(into hasher: inout Hasher) {
    for token in tokens { hasher.combine(ByteString(token)) }
  }
}

/// `~1` is a slash and `~0` a tilde; nil for any other use of the tilde.
private func unescapedToken(_ escaped: Substring.UTF8View) -> String? {
  var bytes: [UInt8] = []
  var rest = escaped[...]
  while let byte = rest.popFirst() {
    guard byte == UInt8(ascii: "~") else {
      bytes.append(byte)
      continue
    }
    switch rest.popFirst() {
    case UInt8(ascii: "0"): bytes.append(UInt8(ascii: "~"))
    case UInt8(ascii: "1"): bytes.append(UInt8(ascii: "/"))
    default: return nil
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}

/// The text that percent-encoded UTF-8 stands for, nil when it is broken.
private func percentDecoded(_ encoded: some Sequence<UInt8>) -> String? {
  var bytes: [UInt8] = []
  var rest = encoded.makeIterator()
  while let byte = rest.next() {
    guard byte == UInt8(ascii: "%") else {
      bytes.append(byte)
      continue
    }
    guard let high = rest.next().map(hexDigit), let low = rest.next().map(hexDigit), high >= 0,
      low >= 0
    else { return nil }
    bytes.append(UInt8(high << 4 | low))
  }
  return String(validating: bytes, as: UTF8.self)
}

/// Encodes what a URI fragment must not have plain.
private func percentEncoded(_ text: String) -> String {
  let plain = Set("-._~!$&'()*+,;=:@/?".utf8)
  let digits = Array("0123456789ABCDEF")
  return text.utf8.reduce(into: "") { result, byte in
    let character = Character(Unicode.Scalar(byte))
    if byte < 0x80, character.isLetter || character.isNumber || plain.contains(byte) {
      result.append(character)
    } else {
      result += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
    }
  }
}
