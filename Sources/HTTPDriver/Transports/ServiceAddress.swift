import Foundation

/// Where a service listens: an `http` or `https` URL, taken apart.
package struct ServiceAddress: Sendable, Hashable {
  /// `http` or `https`.
  package let scheme: String
  /// A name or an IP address, without brackets.
  package let host: String
  /// The port, which each scheme has a default for.
  package let port: Int
  /// What comes before each request's path; empty, or begins with a slash and ends without one.
  package let prefix: String
  /// `user:password`, percent-decoded.
  let credentials: String?
  /// The address without its path, for reports.
  package let origin: String
  /// What `curl` must be told beyond the URL.
  package var curl = CurlConnection()

  /// How it is reached: requests through a Unix socket or memory name `localhost`, which is another service there.
  let way: Way

  /// How a service is reached.
  enum Way: Sendable, Hashable {
    case network
    /// By the path of a file.
    case unixSocket(String)
    case memory
  }

  /// The value for `Host`.
  ///
  /// The zone of a link-local address means nothing to the service.
  ///
  /// Source: RFC 9110, section 7.2, and RFC 6874, section 4.
  package var authority: String {
    let name = host.contains(":") ? "[\(host.prefix { $0 != "%" })]" : host
    return port == Self.port(of: scheme) ? name : "\(name):\(port)"
  }

  /// What a request to it says of who sends it; nil where the address names nobody.
  var basicAuthorization: String? { credentials.map { "Basic \(base64($0))" } }

  /// The path of a Unix socket's file, which no URL names.
  var socketPath: String? {
    if case .unixSocket(let path) = way { path } else { nil }
  }

  /// Whether another program could reach it, by its address or the file of its socket.
  var isLive: Bool { way != .memory }

  /// Whether nobody can listen on the way: over TLS, or within this machine.
  ///
  /// Source: W3C Secure Contexts, section 3.1 (potentially trustworthy origins).
  var isTrustworthy: Bool {
    guard scheme != "https", case .network = way else { return true }
    let name = host.lowercased()
    return name == "localhost" || name.hasSuffix(".localhost") || name == "::1"
      || name.hasPrefix("127.") && name.split(separator: ".").count == 4
        && name.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E }
  }

  /// The beginning of the URLs of its requests in an archive, which tells services apart that name the same host.
  var archiveOrigin: String {
    switch way {
    case .network: origin
    case .unixSocket(let path):
      "\(scheme)+unix://"
        + (path.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? path)
    case .memory: "memory://localhost"
    }
  }

  /// A service that is reached without an address of its own: requests name `localhost`.
  static let memory = ServiceAddress(inMemory: "http")

  /// A service in memory, without an address: requests name `localhost`, or the host.
  package init(inMemory scheme: String, host: String = "localhost") {
    self.init(.memory, scheme, host)
  }

  /// A service behind a Unix socket.
  package init(unixSocket path: String, scheme: String = "http", host: String = "localhost") {
    self.init(.unixSocket(path), scheme, host)
  }

  private init(_ way: Way, _ scheme: String, _ host: String) {
    self.scheme = scheme
    self.host = host
    port = Self.port(of: scheme)
    prefix = ""
    credentials = nil
    origin = "\(scheme)://\(host.contains(":") ? "[\(host)]" : host)"
    self.way = way
  }

  /// The default port of a scheme.
  static func port(of scheme: String) -> Int { scheme == "https" ? 443 : 80 }

  /// Takes an address apart; `expected` is the scheme that can be driven.
  package init(parsing text: String, scheme expected: String = "http") throws(ServiceAddressError) {
    func problem(_ reason: String) -> ServiceAddressError {
      ServiceAddressError(address: SecretMask.maskURLPasswords(text), reason: reason)
    }
    guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased() else {
      throw problem("write it like \(expected)://127.0.0.1:8080")
    }
    guard scheme == expected else {
      throw problem(
        scheme == "https"
          ? "https needs HTTPTransport.tls, of the product HTTPDriverTLS (trait TLS)"
          : "only \(expected) can be driven, not \(scheme); write it like \(expected)://127.0.0.1:8080"
      )
    }
    self.scheme = scheme
    guard let host = parts.host, !host.isEmpty else { throw problem("it names no host") }
    guard parts.query == nil, parts.fragment == nil else {
      throw problem("a query or a fragment belongs to the path of a request")
    }
    // A percent-encoded one would be decoded into the field `Host`.
    guard host.utf8.allSatisfy(Self.mayBeInHost) else {
      throw problem("its host has characters that no host has; write other alphabets in Punycode")
    }
    let port = parts.port ?? Self.port(of: scheme)
    guard (1...65_535).contains(port) else { throw problem("\(port) is no port") }
    self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
    self.port = port
    var prefix = parts.percentEncodedPath
    while prefix.hasSuffix("/") { prefix.removeLast() }
    self.prefix = prefix
    credentials = parts.user.map { "\($0):\(parts.password ?? "")" }
    let end = text.range(of: "://").map { start in
      text[start.upperBound...].firstIndex(of: "/") ?? text.endIndex
    }
    origin = String(text[..<(end ?? text.endIndex)])
    way = .network
  }

  /// Letters, digits and marks of names, and what the addresses of IPv6 and their zones have.
  ///
  /// Source: RFC 3986, section 3.2.2.
  private static func mayBeInHost(_ byte: UInt8) -> Bool {
    MultipartEncoder.isAlphanumeric(byte) || "-._~:[]%".utf8.contains(byte)
  }
}

/// Why an address cannot be used.
package struct ServiceAddressError: Error, Sendable, CustomStringConvertible {
  /// The address, without its password.
  package let address: String
  let reason: String

  /// Says why an address cannot be used.
  package init(address: String, reason: String) {
    self.address = address
    self.reason = reason
  }

  /// The address and the reason.
  package var description: String { "the address \"\(address)\" cannot be used: \(reason)" }
}

/// What `curl`, or for raw bytes another command, must be told to make the same connection.
package struct CurlConnection: Sendable, Hashable {
  /// Words of its command line, such as `--http2`.
  package var options: [String] = []
  /// The beginning of its URL, where that is not the address.
  package var origin: String?
  /// The command that sends raw bytes from its input, where `nc` cannot; what a shell reads, quoted.
  package var raw: String?
  /// Files of the evidence that they name, such as the certificate to trust.
  package var files: [String: String] = [:]

  /// Makes one for a plain connection.
  package init() {}
}
