/// A document of XML cut into its tags, its texts and the rest; joined, the pieces are the document.
///
/// It cuts, and checks next to nothing: the documents were read before.
///
/// Source: XML 1.0, sections 2.4 to 2.8 and 3.1.
struct Markup: Sendable {
  struct Piece: Sendable {
    enum Kind: Sendable {
      case startTag, emptyTag, endTag
      case text, section, comment, instruction
    }

    let kind: Kind
    let range: Range<Int>

    var isOpening: Bool { kind == .startTag || kind == .emptyTag }
  }

  struct Attribute: Sendable {
    let name: String
    /// The value within its quotes.
    let value: Range<Int>
    /// The attribute with the blanks before it.
    let whole: Range<Int>
  }

  let bytes: [UInt8]
  let pieces: [Piece]

  /// The pieces of a document in UTF-8; nil where it cannot be cut, or declares its type.
  init?(_ bytes: [UInt8]) {
    var pieces: [Piece] = []
    var position = 0
    while position < bytes.count {
      guard let piece = Self.piece(of: bytes, at: position) else { return nil }
      pieces.append(piece)
      position = piece.range.upperBound
    }
    self.bytes = bytes
    self.pieces = pieces
  }

  private static func piece(of bytes: [UInt8], at start: Int) -> Piece? {
    guard bytes[start] == UInt8(ascii: "<") else {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
      return Piece(kind: .text, range: start..<end)
    }
    func upTo(_ end: [UInt8], after length: Int, _ kind: Piece.Kind) -> Piece? {
      bytes.place(of: end, from: start + length).map {
        Piece(kind: kind, range: start..<$0 + end.count)
      }
    }
    let rest = bytes[start...]
    if rest.starts(with: "<!--".utf8) { return upTo(endOfComment, after: 4, .comment) }
    if rest.starts(with: "<![CDATA[".utf8) { return upTo(endOfSection, after: 9, .section) }
    if rest.starts(with: "<?".utf8) { return upTo(endOfInstruction, after: 2, .instruction) }
    if rest.starts(with: "<!".utf8) { return nil }
    if rest.starts(with: "</".utf8) { return upTo(endOfTag, after: 2, .endTag) }
    return openingTag(bytes, at: start)
  }

  private static let endOfComment = Array("-->".utf8)
  private static let endOfSection = Array("]]>".utf8)
  private static let endOfInstruction = Array("?>".utf8)
  private static let endOfTag = Array(">".utf8)

  private static func openingTag(_ bytes: [UInt8], at start: Int) -> Piece? {
    var quote: UInt8?
    for place in start + 1..<bytes.count {
      let byte = bytes[place]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        let isEmpty = bytes[place - 1] == UInt8(ascii: "/")
        return Piece(kind: isEmpty ? .emptyTag : .startTag, range: start..<place + 1)
      }
    }
    return nil
  }

  /// Where in a tag the name of its element is.
  func nameRange(_ tag: Piece) -> Range<Int> {
    let start = tag.range.lowerBound + (tag.kind == .endTag ? 2 : 1)
    let end = bytes[start..<tag.range.upperBound].firstIndex {
      isBlankOfXML($0) || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ">")
    }
    return start..<(end ?? tag.range.upperBound)
  }

  /// The name of a tag's element, with its prefix.
  func name(_ tag: Piece) -> String { text(nameRange(tag)) }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// The attributes of a start tag or an empty tag.
  func attributes(_ tag: Piece) -> [Attribute] {
    var attributes: [Attribute] = []
    var position = nameRange(tag).upperBound
    let end = tag.range.upperBound
    while let start = bytes[position..<end].firstIndex(where: { !isBlankOfXML($0) }),
      let equals = bytes[start..<end].firstIndex(of: UInt8(ascii: "=")),
      let open = bytes[equals..<end].firstIndex(where: { $0 == 0x22 || $0 == 0x27 }),
      let close = bytes[(open + 1)..<end].firstIndex(of: bytes[open])
    {
      let name = bytes[start..<equals].prefix { !isBlankOfXML($0) }
      attributes.append(
        Attribute(
          name: String(decoding: name, as: UTF8.self), value: open + 1..<close,
          whole: position..<close + 1))
      position = close + 1
    }
    return attributes
  }

  /// The document with other bytes in the place of each piece; nil where all are the same.
  func rewritten(_ change: (Int, Piece) -> [UInt8]?) -> [UInt8]? {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var isChanged = false
    for (index, piece) in pieces.enumerated() {
      if let changed = change(index, piece) {
        isChanged = isChanged || !changed.elementsEqual(bytes[piece.range])
        result += changed
      } else {
        result += bytes[piece.range]
      }
    }
    return isChanged ? result : nil
  }

  /// A tag with other values of some of its attributes; nil leaves one as it is.
  func replacingValues(
    _ tag: Piece, _ change: (Attribute) -> String?
  ) -> [UInt8]? {
    var result: [UInt8] = []
    var position = tag.range.lowerBound
    for attribute in attributes(tag) {
      guard let value = change(attribute) else { continue }
      result += bytes[position..<attribute.value.lowerBound] + Array(value.utf8)
      position = attribute.value.upperBound
    }
    return result.isEmpty ? nil : result + bytes[position..<tag.range.upperBound]
  }
}

/// Whether a byte is a blank of XML.
///
/// Source: XML 1.0, section 2.3.
func isBlankOfXML(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }

/// What a text or the value of an attribute stands for; nil where a reference is not known.
///
/// Source: XML 1.0, sections 4.1 and 4.6.
func xmlUnescaped(_ text: some Collection<UInt8>) -> String? {
  var result = String.UnicodeScalarView()
  var rest = String(decoding: text, as: UTF8.self).unicodeScalars[...]
  while let scalar = rest.popFirst() {
    guard scalar == "&" else {
      result.append(scalar)
      continue
    }
    guard let end = rest.firstIndex(of: ";"), let meant = reference(String(rest[..<end])) else {
      return nil
    }
    result.append(meant)
    rest = rest[rest.index(after: end)...]
  }
  return String(result)
}

private func reference(_ name: String) -> Unicode.Scalar? {
  switch name {
  case "lt": return "<"
  case "gt": return ">"
  case "amp": return "&"
  case "quot": return "\""
  case "apos": return "'"
  default: break
  }
  guard name.utf8.first == UInt8(ascii: "#") else { return nil }
  let digits = name.unicodeScalars.dropFirst()
  let number =
    digits.first == "x"
    ? UInt32(String(digits.dropFirst()), radix: 16) : UInt32(String(digits), radix: 10)
  return number.flatMap(Unicode.Scalar.init)
}
