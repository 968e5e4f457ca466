import HTTPTypes
import HarnessReporting

/// Takes the secrets out of what is printed or stored: `Authorization`, cookies, fields that are named after a
/// key or a token, passwords and tokens in URLs.
///
/// What helps to read a failure stays: the scheme of an authorization, the names and attributes of
/// cookies.
enum SecretMask {
  static let mask = "***"

  /// A field as it may be shown.
  static func value(of field: HTTPField) -> String {
    switch field.name {
    case .authorization, .proxyAuthorization: maskCredentials(field.value, with: mask)
    case .cookie: maskCookies(field.value)
    case .setCookie: maskSetCookie(field.value)
    case let name where SecretName.isSecret(name.canonicalName): mask
    default: field.value.withSecretsMasked
    }
  }

  /// A field as a shell writes it, with a variable in place of the secret; nil for one without.
  static func shellValue(of field: HTTPField) -> String? {
    switch field.name {
    case .authorization: maskCredentials(ShellWord.escaped(field.value), with: "$AUTHORIZATION")
    case .proxyAuthorization:
      maskCredentials(ShellWord.escaped(field.value), with: "$PROXY_AUTHORIZATION")
    case .cookie: "$COOKIE"
    case .setCookie: "$SET_COOKIE"
    case let name where SecretName.isSecret(name.canonicalName): variable(name.canonicalName)
    default: nil
    }
  }

  /// The variable of a shell that stands for the secret of this name.
  static func variable(_ name: String) -> String {
    let letters = name.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
    return "$" + (letters.first?.isNumber == true ? "_" : "") + String(letters)
  }

  /// Text in which every `scheme://user:password@` has lost its password.
  static func maskURLPasswords(_ text: String, with mask: String = mask) -> String {
    guard text.utf8.contains(UInt8(ascii: "@")), text.contains("://") else { return text }
    var result = ""
    var rest = text[...]
    while let marker = rest.firstRange(of: "://") {
      result += rest[..<marker.upperBound]
      rest = rest[marker.upperBound...]
      // The authority ends at the first of these; what stands before its last "@" is user and password.
      let authority = rest.prefix { !"/?#\"'<> \t\r\n".contains($0) }
      guard let at = authority.lastIndex(of: "@"), let colon = authority[..<at].firstIndex(of: ":")
      else { continue }
      result += authority[...colon] + mask
      rest = rest[at...]
    }
    return result + rest
  }

  private static func maskCredentials(_ value: String, with mask: String) -> String {
    guard let space = value.firstIndex(of: " ") else { return mask }
    return value[...space] + mask
  }

  private static func maskCookies(_ value: String) -> String {
    value.split(separator: ";").map(maskPair).joined(separator: ";")
  }

  private static func maskSetCookie(_ value: String) -> String {
    let pair = value.prefix { $0 != ";" }
    return maskPair(pair) + value[pair.endIndex...]
  }

  private static func maskPair(_ pair: Substring) -> String {
    guard let equals = pair.firstIndex(of: "=") else { return mask }
    return pair[...equals] + mask
  }
}
