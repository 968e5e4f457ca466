import HarnessJSON

/// URI references: their grammar, as far as a text can break it, and what they mean beside a base.
///
/// Source: RFC 3986, section 4.1, section 5 and appendix A.
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

  /// The target of a reference beside a base URI; nil where the base has no scheme.
  ///
  /// Source: RFC 3986, section 5.2.
  static func resolve(_ reference: String, against base: String) -> String? {
    let (target, base) = (Parts(reference), Parts(base))
    if target.scheme != nil {
      return target.with(path: removingDots(target.path)).text
    }
    guard base.scheme != nil else { return nil }
    var result = target
    result.scheme = base.scheme
    if target.authority != nil {
      result.path = removingDots(target.path)
      return result.text
    }
    result.authority = base.authority
    if target.path.isEmpty {
      result.path = base.path
      result.query = target.query ?? base.query
    } else if target.path.hasPrefix("/") {
      result.path = removingDots(target.path)
    } else {
      // Section 5.2.3.
      let folder =
        base.authority != nil && base.path.isEmpty
        ? "/"
        : String(
          base.path[
            ..<(base.path.lastIndex(of: "/").map { base.path.index(after: $0) }
              ?? base.path.startIndex)])
      result.path = removingDots(folder + target.path)
    }
    return result.text
  }

  /// The five parts of a reference, by the expression of appendix B.
  private struct Parts {
    var scheme: String?
    var authority: String?
    var path = ""
    var query: String?
    var fragment: String?

    init(_ text: String) {
      var rest = text[...]
      if let hash = rest.firstIndex(of: "#") {
        fragment = String(rest[rest.index(after: hash)...])
        rest = rest[..<hash]
      }
      if let mark = rest.firstIndex(of: "?") {
        query = String(rest[rest.index(after: mark)...])
        rest = rest[..<mark]
      }
      if hasScheme(String(rest)), let colon = rest.firstIndex(of: ":") {
        scheme = String(rest[..<colon])
        rest = rest[rest.index(after: colon)...]
      }
      if rest.hasPrefix("//") {
        let end = rest.dropFirst(2).firstIndex(of: "/") ?? rest.endIndex
        authority = String(rest.dropFirst(2)[..<end])
        rest = rest[end...]
      }
      path = String(rest)
    }

    func with(path: String) -> Parts {
      var parts = self
      parts.path = path
      return parts
    }

    var text: String {
      (scheme.map { $0 + ":" } ?? "") + (authority.map { "//" + $0 } ?? "") + path
        + (query.map { "?" + $0 } ?? "") + (fragment.map { "#" + $0 } ?? "")
    }
  }

  /// Source: RFC 3986, section 5.2.4.
  private static func removingDots(_ path: String) -> String {
    guard path.contains("/.") || path.hasPrefix(".") else { return path }
    var output: [Substring] = []
    let segments = path.split(separator: "/", omittingEmptySubsequences: false)
    for (index, segment) in segments.enumerated() {
      let isLast = index == segments.count - 1
      switch segment {
      case ".": if isLast { output.append("") }
      case "..":
        if output.count > 1 || output.first?.isEmpty == false { output.removeLast() }
        if isLast { output.append("") }
      default: output.append(segment)
      }
    }
    return output.joined(separator: "/")
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
