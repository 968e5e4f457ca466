/// Replaces the escapes `_xHHHH_` of a text, which stand for one UTF-16 unit each.
///
/// `_x005F_` stands for the underscore of a text that would look like an escape.
///
/// Source: ECMA-376, part 1, section 22.9.2.19 (ST_Xstring).
func unescaped(_ text: [UInt8]) -> String {
  guard text.contains(UInt8(ascii: "_")) else { return String(decoding: text, as: UTF8.self) }
  var result = ""
  var units: [UInt16] = []
  var start = 0
  var position = 0
  // Neighbouring escapes may be the two halves of one character, so units are gathered first.
  func flush() {
    result += String(decoding: units, as: UTF16.self)
    units.removeAll()
  }
  while position < text.count {
    guard let unit = escape(in: text, at: position) else {
      position += 1
      continue
    }
    if start < position {
      flush()
      result += String(decoding: text[start..<position], as: UTF8.self)
    }
    units.append(unit)
    position += escapeLength
    start = position
  }
  flush()
  return result + String(decoding: text[start...], as: UTF8.self)
}

private let escapeLength = 7

/// The unit that the escape at a position stands for.
func escape(in text: [UInt8], at position: Int) -> UInt16? {
  guard text.count - position >= escapeLength, text[position] == UInt8(ascii: "_"),
    text[position + 1] == UInt8(ascii: "x") || text[position + 1] == UInt8(ascii: "X"),
    text[position + 6] == UInt8(ascii: "_")
  else { return nil }
  var unit: UInt16 = 0
  for byte in text[position + 2..<position + 6] {
    let digit: UInt8
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
    default: return nil
    }
    unit = unit << 4 | UInt16(digit)
  }
  return unit
}
