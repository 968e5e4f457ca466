/// The value of a `Content-Type` field.
///
/// Source: RFC 9110, section 8.3.1.
struct MediaType: Equatable {
  /// Type and subtype in lower case, without parameters.
  let essence: String

  init(_ value: String) {
    let essence = value.prefix { $0 != ";" }
    self.essence = essence.filter { $0 != " " && $0 != "\t" }.lowercased()
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
