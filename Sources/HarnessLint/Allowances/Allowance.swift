/// A comment that allows what a rule forbids: `// harness:allow(sleep): the reason`.
struct Allowance: Equatable {
  /// What is wrong with a comment that was meant to allow something.
  enum Fault: Equatable {
    case noReason
    case unknownRule(String)
    case malformed
  }

  enum Meaning: Equatable {
    case allows(Rule)
    case faulty(Fault)
  }

  var meaning: Meaning
  var place: SourcePlace
  /// Whether something is there that it allows.
  var isUsed = false
}

extension Allowance {
  private static let marker = Array("harness:allow".utf8)
  /// How much of a comment is searched for the end of its list of rules.
  private static let longestList = 200

  /// What a comment allows, each rule for itself; nothing where it is another comment.
  ///
  /// Documentation comments never allow anything: they show how it is written.
  static func meanings(of comment: ArraySlice<UInt8>) -> [Meaning] {
    guard var rest = content(of: comment), rest.starts(with: marker) else { return [] }
    rest = rest.dropFirst(marker.count)
    if let next = rest.first, isNameByte(next) { return [] }
    rest = rest.drop(while: isSpace)
    guard rest.first == UInt8(ascii: "("),
      let end = rest.prefix(longestList).firstIndex(of: UInt8(ascii: ")"))
    else { return [.faulty(.malformed)] }
    let names = rest[rest.startIndex + 1..<end].split(
      separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    let reason = rest[(end + 1)...].drop(while: isSpace)
    guard reason.first == UInt8(ascii: ":") else {
      return [.faulty(reason.contains(where: isWordByte) ? .malformed : .noReason)]
    }
    guard reason.contains(where: isWordByte) else { return [.faulty(.noReason)] }
    return names.map { name in
      let name = String(decoding: trimmed(name), as: UTF8.self)
      return Rule(rawValue: name).map(Meaning.allows) ?? .faulty(.unknownRule(name))
    }
  }

  /// What a comment says, from its first word on; nil for a documentation comment.
  private static func content(of comment: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let body = comment.dropFirst(2)
    // `///` and `/**`.
    return body.first == comment.dropFirst().first ? nil : body.drop(while: isSpace)
  }

  private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var text = text.drop(while: isSpace)
    while let last = text.last, isSpace(last) { text.removeLast() }
    return text
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte <= 0x20 }

  /// Whether a byte may be part of a word, in any script; the marks that end a comment are not.
  private static func isWordByte(_ byte: UInt8) -> Bool { isNameByte(byte) || byte >= 0x80 }
}
