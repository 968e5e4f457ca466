/// Bytes of XML that are being put together.
struct XMLBuffer: Sendable {
  private(set) var bytes: [UInt8] = []

  static let declaration: StaticString =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

  mutating func clear() { bytes.removeAll(keepingCapacity: true) }

  /// Forgets what was appended after the first `count` bytes.
  mutating func cut(to count: Int) { bytes.removeLast(bytes.count - count) }

  /// Appends XML as it is.
  mutating func raw(_ text: StaticString) {
    text.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
  }

  /// Appends XML as it is.
  mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// Appends a whole number.
  mutating func number(_ number: Int) {
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    var rest = number.magnitude
    let start = bytes.count
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }

  /// Appends the shortest digits of a number.
  mutating func number(_ number: Double) {
    if let whole = Int(exactly: number), whole.magnitude < 1 << 53,
      number.sign == .plus || whole != 0
    {
      self.number(whole)
    } else {
      raw(number.description)
    }
  }

  /// Appends a reference in A1 notation.
  mutating func reference(column: Int, row: Int) {
    let start = bytes.count
    var rest = column
    repeat {
      bytes.append(UInt8(ascii: "A") + UInt8((rest - 1) % 26))
      rest = (rest - 1) / 26
    } while rest > 0
    bytes[start...].reverse()
    number(row)
  }

  /// Appends a text with what XML and SpreadsheetML want escaped, for an element or an attribute.
  mutating func text(_ text: String) {
    var text = text
    let start = bytes.count
    let isPlain = text.withUTF8 { utf8 in
      for index in utf8.indices {
        let byte = unsafe utf8[index]
        switch byte {
        case UInt8(ascii: "<"): raw("&lt;")
        case UInt8(ascii: ">"): raw("&gt;")
        case UInt8(ascii: "&"): raw("&amp;")
        case UInt8(ascii: "\""): raw("&quot;")
        // Control characters, what may look like an escape, and U+FFFE: the general form knows them.
        case ..<0x20, 0xEF: return false
        case UInt8(ascii: "_"):
          if unsafe index + 1 < utf8.count && utf8[index + 1] | 0x20 == UInt8(ascii: "x") {
            return false
          }
          bytes.append(byte)
        default: bytes.append(byte)
        }
      }
      return true
    }
    if !isPlain {
      bytes.removeSubrange(start...)
      raw(xmlEscaped(escaped(text)))
    }
  }
}
