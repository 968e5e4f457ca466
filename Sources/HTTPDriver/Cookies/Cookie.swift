/// A cookie as a jar keeps it.
///
/// Source: RFC 6265, section 5.3.
public struct Cookie: Sendable, Hashable {
  /// Its name.
  public let name: String
  /// Its value.
  public let value: String
  /// The host that it belongs to, in lower case.
  public let domain: String
  /// Whether it belongs to that host alone, not to those below it.
  public let isHostOnly: Bool
  /// The path that it belongs to, and everything below it.
  public let path: String
  /// When it is over, in seconds since 1970; nil for one that lasts as long as the jar.
  public let expiry: Double?
  /// Whether it is meant for TLS alone.
  public let isSecure: Bool
  /// Whether scripts of a page must not see it.
  public let isHTTPOnly: Bool
  /// The value of its `SameSite` attribute, as it came; a jar keeps it for the test to look at.
  public let sameSite: String?
  /// Which services of that host it came from.
  let realm: Realm

  /// The services that one name of a host stands for.
  ///
  /// A service in memory and one behind a Unix socket are called `localhost` like those on the machine's ports.
  enum Realm: Sendable, Hashable {
    case network
    case unixSocket(String)
    /// A handler that is called, or reached through memory.
    case inProcess

    init(_ address: ServiceAddress?) {
      switch address?.way {
      case nil, .memory: self = .inProcess
      case .network: self = .network
      case .unixSocket(let path): self = .unixSocket(path)
      }
    }
  }
}

extension Cookie: CustomStringConvertible, CustomReflectable {
  /// Name, domain and path, such as `session=***; Domain=localhost; Path=/`; the value is masked.
  public var description: String {
    "\(name)=\(SecretMask.mask); Domain=\(domain); Path=\(path)"
  }

  /// What its description shows.
  public var customMirror: Mirror {
    Mirror(self, children: ["name": name, "domain": domain, "path": path])
  }
}

extension Cookie {
  /// Reads a `Set-Cookie` field; nil where a client must ignore it.
  ///
  /// The grammar is one of octets: a sign that joins a `=` or a `;` to one character hides none of them.
  ///
  /// Source: RFC 6265, sections 5.2 and 5.3.
  init?(
    parsing field: String, host: String, requestPath: String, now: Double, realm: Realm = .network
  ) {
    let parts = field.utf8.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
    guard let pair = parts.first, let equals = pair.firstIndex(of: UInt8(ascii: "=")) else {
      return nil
    }
    let name = Self.trimmed(pair[..<equals])
    guard !name.isEmpty else { return nil }
    var attributes = Attributes()
    for part in parts.dropFirst() { attributes.take(part, now: now) }
    let host = host.lowercased()
    if let domain = attributes.domain, !domain.isEmpty {
      // A name of one label is a public suffix, or the host itself (RFC 6265, section 5.3, step 5).
      guard Self.domain(host, matches: domain),
        domain.utf8.contains(UInt8(ascii: ".")) || domain == host
      else { return nil }
      self.domain = domain
      isHostOnly = false
    } else {
      domain = host
      isHostOnly = true
    }
    self.name = name
    value = Self.trimmed(pair[pair.index(after: equals)...])
    path = attributes.path ?? Self.defaultPath(of: requestPath)
    expiry = attributes.maxAge ?? attributes.expires
    isSecure = attributes.isSecure
    isHTTPOnly = attributes.isHTTPOnly
    sameSite = attributes.sameSite
    self.realm = realm
  }

  /// Whether the cookie goes along with a request.
  ///
  /// Source: RFC 6265, section 5.4.
  func belongs(to host: String, path requestPath: String, isSecure connectionIsSecure: Bool) -> Bool
  {
    let host = host.lowercased()
    guard isHostOnly ? host == domain : Self.domain(host, matches: domain) else { return false }
    guard !isSecure || connectionIsSecure else { return false }
    let slash = UInt8(ascii: "/")
    let requestPath = requestPath.utf8.prefix { $0 != UInt8(ascii: "?") }
    guard requestPath.starts(with: path.utf8) else { return false }
    let below = requestPath.dropFirst(path.utf8.count).first
    return below == nil || below == slash || path.utf8.last == slash
  }

  /// Whether a host is a domain or lies below it; an IP address matches itself alone.
  ///
  /// Source: RFC 6265, section 5.1.3.
  static func domain(_ host: String, matches domain: String) -> Bool {
    if host == domain { return true }
    let isAddress = host.contains(":") || host.allSatisfy { $0.isNumber || $0 == "." }
    return host.hasSuffix(".\(domain)") && !isAddress
  }

  /// The folder of a request's path.
  ///
  /// Source: RFC 6265, section 5.1.4.
  static func defaultPath(of requestPath: String) -> String {
    let path = requestPath.utf8.prefix { $0 != UInt8(ascii: "?") }
    let slash = UInt8(ascii: "/")
    guard path.first == slash, let last = path.lastIndex(of: slash), last != path.startIndex else {
      return "/"
    }
    return String(Substring(path[..<last]))
  }

  fileprivate static func trimmed(_ text: Substring.UTF8View) -> String {
    let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
    let start = text.drop(while: isSpace)
    guard let last = start.lastIndex(where: { !isSpace($0) }) else { return "" }
    return String(Substring(start[...last]))
  }
}

/// The attributes of one `Set-Cookie` field; of several with one name the last counts.
private struct Attributes {
  var domain: String?
  var path: String?
  var expires: Double?
  var maxAge: Double?
  var isSecure = false
  var isHTTPOnly = false
  var sameSite: String?

  mutating func take(_ part: Substring.UTF8View, now: Double) {
    let equals = part.firstIndex(of: UInt8(ascii: "="))
    let name = Cookie.trimmed(part[..<(equals ?? part.endIndex)]).lowercased()
    let value = equals.map { Cookie.trimmed(part[part.index(after: $0)...]) } ?? ""
    switch name {
    case "domain":
      let text = value.utf8.first == UInt8(ascii: ".") ? value.utf8.dropFirst() : value.utf8[...]
      domain = String(Substring(text)).lowercased()
    case "path": path = value.utf8.first == UInt8(ascii: "/") ? value : nil
    case "expires": expires = CookieDate(parsing: value)?.secondsSince1970 ?? expires
    case "max-age":
      let digits = value.utf8.drop { $0 == UInt8(ascii: "-") }
      guard !digits.isEmpty, value.utf8.count - digits.count <= 1,
        digits.allSatisfy({ (0x30...0x39).contains($0) })
      else { return }
      // So many digits that they are no number are a very long time.
      let seconds = Double(value) ?? 0
      maxAge = seconds <= 0 ? -Double.infinity : now + seconds
    case "secure": isSecure = true
    case "httponly": isHTTPOnly = true
    case "samesite": sameSite = value
    default: break
    }
  }
}
