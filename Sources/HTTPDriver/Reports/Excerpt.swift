import HarnessReporting

/// The head of something long, made visible, with a count of what was left out.
package enum Excerpt {
  /// Text on one line: control characters are escaped, and after `limit` bytes the rest is counted.
  package static func line(_ text: String, limit: Int) -> String {
    body(Array(text.utf8), limit: limit)
  }

  /// The head of a body: its text, or its bytes in hexadecimal where that is not UTF-8.
  ///
  /// `bytes` may be only the first ones of `count`; at most `limit` of them are shown.
  package static func body(_ bytes: [UInt8], of count: Int? = nil, limit: Int) -> String {
    let count = count ?? bytes.count
    if let text = longestText(bytes.prefix(limit), isWhole: count <= limit) {
      let shown = text.withSecretsMasked.unicodeScalars.map(visible).joined()
      let left = count - text.utf8.count
      return left == 0 ? shown : "\(shown)… (+\(left) bytes)"
    }
    let shown = bytes.prefix(min(limit, 16))
    let hex = shown.map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0\(digits)" : digits
    }
    let left = count - shown.count
    return "not UTF-8: \(hex.joined(separator: " "))" + (left == 0 ? "" : " … (+\(left) bytes)")
  }

  /// A line of a failure: what it shows, in a column of its own, and the text.
  package static func row(_ label: String, _ text: String) -> String {
    "  \(label)\(String(repeating: " ", count: max(0, 8 - label.count)))  \(text)"
  }

  /// The bytes as text; where they were cut, without the scalar that the cut went through.
  static func longestText(_ bytes: ArraySlice<UInt8>, isWhole: Bool) -> String? {
    for cut in 0...(isWhole ? 0 : min(3, bytes.count)) {
      if let text = String(validating: bytes.dropLast(cut), as: UTF8.self) { return text }
    }
    return nil
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
package func byteCount(_ count: Int) -> String {
  count == 1 ? "1 byte" : "\(count) bytes"
}
