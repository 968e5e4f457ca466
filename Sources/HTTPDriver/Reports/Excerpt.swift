/// The head of something long, made visible, with a count of what was left out.
enum Excerpt {
  /// Text on one line: control characters are escaped, and after `limit` bytes the rest is counted.
  static func line(_ text: String, limit: Int) -> String {
    var shown = ""
    var used = 0
    for scalar in text.unicodeScalars {
      let size = UTF8.width(scalar)
      if used + size > limit { break }
      used += size
      shown += visible(scalar)
    }
    let left = text.utf8.count - used
    return left == 0 ? shown : "\(shown)… (+\(left) bytes)"
  }

  /// The head of a body: its text, or its bytes in hexadecimal where it is not UTF-8.
  static func body(_ bytes: [UInt8], limit: Int) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      let shown = bytes.prefix(min(limit, 16))
      let left = bytes.count - shown.count
      let hex = shown.map { byte in
        let digits = String(byte, radix: 16)
        return digits.count == 1 ? "0\(digits)" : digits
      }
      return "not UTF-8: \(hex.joined(separator: " "))" + (left == 0 ? "" : " … (+\(left) bytes)")
    }
    return line(SecretMask.maskURLPasswords(text), limit: limit)
  }

  /// A scalar as it can be read in a log.
  private static func visible(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    case _
    where scalar.properties.generalCategory == .control
      || scalar.properties.generalCategory == .format:
      scalar.escaped(asASCII: true)
    default: String(scalar)
    }
  }
}

/// A number of bytes in words.
func byteCount(_ count: Int) -> String {
  count == 1 ? "1 byte" : "\(count) bytes"
}
