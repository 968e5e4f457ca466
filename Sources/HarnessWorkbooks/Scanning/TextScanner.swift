/// Reads a text up to the next tag.
struct TextScanner {
  /// Where the text is.
  private(set) var range = 0..<0
  /// Whether the text has references, so that it is not what its bytes are.
  private(set) var hasReferences = false

  private let longest: Int

  init(longest: Int) { self.longest = longest }

  /// Moves the position to the `<` behind the text; false at a byte that only libxml2 may judge.
  mutating func scan(_ window: Span<UInt8>, _ position: inout Int) -> Bool {
    let start = position
    var seen: UInt8 = 0
    hasReferences = false
    while case let byte = window[position], byte != UInt8(ascii: "<") {
      seen |= byte
      // A carriage return is read as a line feed, and no other control character may be there.
      if byte < 0x20, byte != 0x0A, byte != 0x09 { return false }
      if byte == UInt8(ascii: "&") { hasReferences = true }
      if byte == UInt8(ascii: ">") {
        // The end of a CDATA section must not stand outside of one.
        if position - start >= 2, window[position - 1] == UInt8(ascii: "]") { return false }
      }
      position += 1
    }
    range = start..<position
    guard range.count <= longest else { return false }
    return seen < 0x80 || isText(window.extracting(range))
  }
}

/// Whether the bytes are UTF-8 of characters that XML allows; those below U+0080 are not looked at.
///
/// Source: The Unicode Standard 15.0, table 3-7, and XML 1.0, section 2.2 (Char).
func isText(_ bytes: Span<UInt8>) -> Bool {
  var index = 0
  while index < bytes.count {
    let first = bytes[index]
    index += 1
    if first < 0x80 { continue }
    let more: Int
    var lowest: UInt8 = 0x80
    var highest: UInt8 = 0xBF
    switch first {
    case 0xC2...0xDF: more = 1
    case 0xE0: (more, lowest) = (2, 0xA0)
    case 0xED: (more, highest) = (2, 0x9F)
    case 0xE1...0xEF: more = 2
    case 0xF0: (more, lowest) = (3, 0x90)
    case 0xF4: (more, highest) = (3, 0x8F)
    case 0xF1...0xF3: more = 3
    default: return false
    }
    guard index + more <= bytes.count, lowest...highest ~= bytes[index] else { return false }
    for place in index + 1..<index + more where bytes[place] & 0xC0 != 0x80 { return false }
    // U+FFFE and U+FFFF.
    if first == 0xEF, bytes[index] == 0xBF, bytes[index + 1] >= 0xBE { return false }
    index += more
  }
  return true
}

/// The text with its references replaced; nil where one is none of those that need no declaration.
///
/// Source: XML 1.0, sections 4.1 and 4.6.
func replacingReferences(_ text: Span<UInt8>) -> [UInt8]? {
  var plain: [UInt8] = []
  plain.reserveCapacity(text.count)
  var index = 0
  while index < text.count {
    guard text[index] == UInt8(ascii: "&") else {
      plain.append(text[index])
      index += 1
      continue
    }
    var end = index + 1
    // The longest is `&#x10FFFF;`, but zeros may stand before its digits: those are unusual.
    while end < text.count, text[end] != UInt8(ascii: ";"), end - index < 10 { end += 1 }
    guard end < text.count, text[end] == UInt8(ascii: ";") else { return nil }
    let name = text.extracting(index + 1..<end)
    guard let character = character(ofReference: name) else { return nil }
    plain.append(contentsOf: String(character).utf8)
    index = end + 1
  }
  return plain
}

private func character(ofReference name: Span<UInt8>) -> Unicode.Scalar? {
  if name.isEqual(to: "amp") { return "&" }
  if name.isEqual(to: "lt") { return "<" }
  if name.isEqual(to: "gt") { return ">" }
  if name.isEqual(to: "quot") { return "\"" }
  if name.isEqual(to: "apos") { return "'" }
  guard name.count > 1, name[0] == UInt8(ascii: "#") else { return nil }
  let isHexadecimal = name[1] == UInt8(ascii: "x")
  let digits = name.extracting((isHexadecimal ? 2 : 1)..<name.count)
  // A sign would be taken for part of the number.
  guard !digits.isEmpty, digits[0] != UInt8(ascii: "+"), digits[0] != UInt8(ascii: "-"),
    let value = UInt32(String(decoding: digits), radix: isHexadecimal ? 16 : 10),
    let scalar = Unicode.Scalar(value)
  else { return nil }
  switch value {
  case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...: return scalar
  default: return nil
  }
}
