/// Credentials for the `Authorization` field; masked in everything that is printed or stored.
public struct HTTPAuthorization: Sendable {
  /// The value of the field.
  public let value: String

  /// Credentials of another scheme, such as `Digest …`.
  public init(_ value: String) {
    self.value = value
  }

  /// A name and a password.
  ///
  /// A colon in the name would end it.
  ///
  /// Source: RFC 7617, section 2.
  public static func basic(_ user: String, _ password: String) -> HTTPAuthorization {
    HTTPAuthorization("Basic \(base64("\(user):\(password)"))")
  }

  /// A bearer token.
  ///
  /// Source: RFC 6750, section 2.1.
  public static func bearer(_ token: String) -> HTTPAuthorization {
    HTTPAuthorization("Bearer \(token)")
  }
}

extension HTTPAuthorization: CustomStringConvertible, CustomReflectable {
  /// The scheme, without the credentials.
  public var description: String { "\(value.prefix { $0 != " " }) \(SecretMask.mask)" }

  /// What its description shows.
  public var customMirror: Mirror { Mirror(self, children: ["description": description]) }
}
