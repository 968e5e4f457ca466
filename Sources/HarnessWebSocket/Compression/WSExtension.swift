/// One extension of a `Sec-WebSocket-Extensions` field.
///
/// Source: RFC 6455, section 9.1.
struct WSExtension: Hashable, Sendable {
  struct Parameter: Hashable, Sendable {
    let name: String
    /// Without its quotes; nil where there is none.
    let value: String?
  }

  let name: String
  var parameters: [Parameter]

  /// Reads the value of the field; several fields are joined by commas before.
  static func list(_ text: String) throws(WSExtensionError) -> [WSExtension] {
    var scanner = FieldScanner(text)
    var extensions: [WSExtension] = []
    repeat {
      // The list rule of HTTP allows for empty elements.
      if scanner.isAtEnd || scanner.isAt(",") { continue }
      var element = WSExtension(name: try scanner.token(), parameters: [])
      while scanner.take(";") {
        let name = try scanner.token()
        let value = scanner.take("=") ? try scanner.tokenOrQuotedToken() : nil
        element.parameters.append(Parameter(name: name, value: value))
      }
      extensions.append(element)
    } while scanner.take(",")
    guard scanner.isAtEnd, !extensions.isEmpty else { throw scanner.error }
    return extensions
  }
}

/// What is wrong with a `Sec-WebSocket-Extensions` field, or with what it agrees to.
public struct WSExtensionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public let description: String

  init(_ description: String) {
    self.description = description
  }
}

/// Reads the value of a field; white space may stand between the parts.
private struct FieldScanner {
  private let text: String
  private var rest: Substring.UnicodeScalarView

  init(_ text: String) {
    self.text = text
    rest = text[...].unicodeScalars
  }

  var error: WSExtensionError {
    WSExtensionError("Sec-WebSocket-Extensions cannot be read: \(text.debugDescription)")
  }

  var isAtEnd: Bool {
    mutating get {
      skipSpace()
      return rest.isEmpty
    }
  }

  mutating func isAt(_ scalar: Unicode.Scalar) -> Bool {
    skipSpace()
    return rest.first == scalar
  }

  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard isAt(scalar) else { return false }
    rest.removeFirst()
    return true
  }

  mutating func token() throws(WSExtensionError) -> String {
    skipSpace()
    let token = rest.prefix(while: Self.isOfToken)
    guard !token.isEmpty else { throw error }
    rest = rest.dropFirst(token.count)
    return String(token)
  }

  mutating func tokenOrQuotedToken() throws(WSExtensionError) -> String {
    guard take("\"") else { return try token() }
    var value = String.UnicodeScalarView()
    while let scalar = rest.popFirst() {
      if scalar == "\"" {
        // What is quoted must be a token all the same.
        guard !value.isEmpty, value.allSatisfy(Self.isOfToken) else { throw error }
        return String(value)
      }
      if scalar == "\\" {
        guard let escaped = rest.popFirst() else { throw error }
        value.append(escaped)
      } else {
        value.append(scalar)
      }
    }
    throw error
  }

  private mutating func skipSpace() {
    while rest.first == " " || rest.first == "\t" { rest.removeFirst() }
  }

  /// Source: RFC 9110, section 5.6.2.
  private static func isOfToken(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9": true
    default: "!#$%&'*+-.^_`|~".unicodeScalars.contains(scalar)
    }
  }
}
