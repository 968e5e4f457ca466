import HarnessJSON

extension ProblemInspection {
  mutating func checkReferences(of problem: Problem) {
    check(problem.type, .typeReference, at: JSONPointer(tokens: ["type"]))
    if let instance = problem.instance {
      check(instance, .instanceReference, at: JSONPointer(tokens: ["instance"]))
    }
  }

  private mutating func check(_ text: String, _ rule: ProblemRule, at pointer: JSONPointer) {
    let actual = JSONValue.string(text).excerpt(limit: 240)
    if let mistake = URIReference.mistake(in: text) {
      found(rule, at: pointer, "the value is no URI reference: \(mistake)", actual: actual)
    } else if text.isEmpty {
      found(
        rule, .advice, at: pointer,
        "an empty reference means the address of the document itself", actual: actual)
    } else if !URIReference.hasScheme(text), text.utf8.first != UInt8(ascii: "/") {
      found(
        .absoluteReference, at: pointer,
        "a relative reference without a leading slash means something else on every path",
        actual: actual)
    }
  }
}

/// The grammar of URI references, as far as a text can break it.
///
/// Source: RFC 3986, section 4.1 and appendix A.
enum URIReference {
  static func hasScheme(_ text: String) -> Bool {
    guard let scheme = scheme(of: text) else { return false }
    return isScheme(scheme)
  }

  /// What breaks the grammar first; nil when nothing does.
  static func mistake(in text: String) -> String? {
    if let scheme = scheme(of: text), !isScheme(scheme) {
      return "\(JSONValue.string(String(Substring(scheme))).excerpt(limit: 80)) is no scheme"
    }
    var rest = text.unicodeScalars[...]
    var isFragment = false
    while let scalar = rest.popFirst() {
      switch scalar {
      case "%":
        guard rest.prefix(2).count == 2, rest.prefix(2).allSatisfy(\.properties.isASCIIHexDigit)
        else { return "\"%\" is not followed by two hexadecimal digits" }
      case "#":
        if isFragment { return "it has two fragments" }
        isFragment = true
      case "a"..."z", "A"..."Z", "0"..."9": continue
      default:
        guard allowed.contains(scalar) else {
          return "it has the character U+\(scalar.hexadecimalText)"
        }
      }
    }
    return nil
  }

  private static let allowed = Set("-._~:/?[]@!$&'()*+,;=".unicodeScalars)

  /// What stands before a colon in the first segment.
  private static func scheme(of text: String) -> Substring.UTF8View? {
    let segment = text.utf8.prefix { byte in !"/?#".utf8.contains(byte) }
    guard let colon = segment.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    return segment[..<colon]
  }

  private static func isScheme(_ scheme: Substring.UTF8View) -> Bool {
    scheme.first?.isLetter == true
      && scheme.allSatisfy { $0.isLetter || $0.isDigit || "+-.".utf8.contains($0) }
  }
}
