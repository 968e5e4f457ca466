/// The value of a `Content-Type` field.
///
/// Source: RFC 9110, section 8.3.1.
struct MediaType {
  /// Type and subtype in lower case, without parameters.
  let essence: String
  /// The value of the parameter `charset`; nil where there is none.
  let charset: String?

  init(_ value: String) {
    let essence = value.unicodeScalars.prefix { $0 != ";" }
    self.essence = String(essence.filter { $0 != " " && $0 != "\t" }).lowercased()
    charset = Self.parameter("charset", of: value[essence.endIndex...])
  }

  /// The value of a parameter, of several with one name the first.
  ///
  /// Source: RFC 9110, section 5.6.6.
  private static func parameter(_ wanted: String, of text: Substring) -> String? {
    var rest = text.unicodeScalars
    while rest.popFirst() == ";" {
      let name = rest.prefix { $0 != "=" && $0 != ";" && $0 != "\"" }
      rest = rest[name.endIndex...]
      var value = String.UnicodeScalarView()
      if rest.first == "=" {
        rest.removeFirst()
        var isQuoted = false
        while let scalar = rest.first, isQuoted || scalar != ";" {
          rest.removeFirst()
          switch scalar {
          case "\"": isQuoted.toggle()
          case "\\" where isQuoted: if let escaped = rest.popFirst() { value.append(escaped) }
          case " " where !isQuoted, "\t" where !isQuoted: break
          default: value.append(scalar)
          }
        }
      }
      let isWanted = String(name.filter { $0 != " " && $0 != "\t" }).lowercased() == wanted
      if isWanted, !value.isEmpty { return String(value) }
    }
    return nil
  }

  /// Whether the content is JSON, by its type or its structured suffix (RFC 6838, section 4.2.8).
  var isJSON: Bool { essence == "application/json" || essence.hasSuffix("+json") }

  /// The extension of a file with such a text; nil where the content is no text.
  var textFileExtension: String? {
    guard essence.hasPrefix("text/") else { return nil }
    return switch essence {
    case "text/csv": "csv"
    case "text/html": "html"
    case "text/markdown": "md"
    default: "txt"
    }
  }
}
