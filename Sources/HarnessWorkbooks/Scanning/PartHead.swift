/// The start of a part, up to the element whose content is scanned.
struct PartHead {
  /// Where the content begins, behind the `>` of the element.
  let contentStart: Int
  /// The namespace prefixes that the root element declares.
  let prefixes: [[UInt8]]

  enum Search {
    case found(PartHead)
    case needsMore
    /// The part is not of the plain form.
    case unusual
  }

  // The head of a real sheet has columns and views in it, and some have thousands of columns.
  private static let longest = 256 * 1024

  /// Looks for the start of an element in the first bytes of a part.
  ///
  /// The part must be UTF-8, and have nothing between its declaration and its root element.
  static func search(for element: StaticString, in bytes: Span<UInt8>) -> Search {
    guard let contentStart = end(ofTag: element, in: bytes) else {
      return bytes.count < longest ? .needsMore : .unusual
    }
    var position = 0
    guard skipDeclaration(bytes, &position), let prefixes = prefixes(bytes, position) else {
      return .unusual
    }
    return .found(PartHead(contentStart: contentStart, prefixes: prefixes))
  }

  private static func end(ofTag name: StaticString, in bytes: Span<UInt8>) -> Int? {
    var index = 0
    let length = name.utf8CodeUnitCount
    while index + length + 2 <= bytes.count {
      if bytes[index] == UInt8(ascii: "<"), hasPrefix(bytes, name, index + 1),
        case let next = bytes[index + 1 + length],
        next == UInt8(ascii: ">") || isXMLBlank(next)
      {
        var end = index + 1 + length
        while end < bytes.count {
          if bytes[end] == UInt8(ascii: ">") {
            return bytes[end - 1] == UInt8(ascii: "/") ? nil : end + 1
          }
          end += 1
        }
        return nil
      }
      index += 1
    }
    return nil
  }

  /// Moves behind a byte order mark and an XML declaration; false for another encoding than UTF-8.
  private static func skipDeclaration(_ bytes: Span<UInt8>, _ position: inout Int) -> Bool {
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { position = 3 }
    guard bytes.count >= position + 6, hasPrefix(bytes, "<?xml ", position) else { return true }
    let start = position
    while position < bytes.count, bytes[position] != UInt8(ascii: ">") { position += 1 }
    guard position < bytes.count else { return false }
    position += 1
    let declaration = String(decoding: bytes.extracting(start..<position)).lowercased()
    guard let encoding = declaration.firstRange(of: "encoding") else { return true }
    let rest = declaration[encoding.upperBound...].drop { $0 != "\"" && $0 != "'" }.dropFirst()
    return rest.hasPrefix("utf-8\"") || rest.hasPrefix("utf-8'")
  }

  /// The prefixes that the root element declares; nil where something else than it comes first.
  private static func prefixes(_ bytes: Span<UInt8>, _ start: Int) -> [[UInt8]]? {
    var position = start
    while position < bytes.count, isXMLBlank(bytes[position]) { position += 1 }
    guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "<") else { return nil }
    var found: [[UInt8]] = []
    var quote: UInt8?
    var nameStart = position
    while position < bytes.count {
      let byte = bytes[position]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: ">") {
        return found
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if isXMLBlank(byte) {
        nameStart = position + 1
      } else if byte == UInt8(ascii: "="), position - nameStart > 6,
        hasPrefix(bytes, "xmlns:", nameStart)
      {
        found.append(bytes.extracting(nameStart + 6..<position).bytes)
      }
      position += 1
    }
    return nil
  }
}
