/// How one knows that a service that was started is ready, and where it listens.
///
/// A line of its output is an event, and comes at the right moment. Whether somebody accepts connections, and whether a
/// path is healthy, nobody tells: that is tried every 20 ms, within the deadline.
public struct ServiceReadiness: Sendable {
  enum Kind: Sendable {
    /// A line of output tells the address; nil for any other line.
    case line(@Sendable (_ line: String) -> String?)
    /// Somebody accepts connections there; nil for the place that the driver chose.
    case accepting(address: String?)
    /// A GET of the path is answered with 2xx.
    case health(path: String, address: String?)
  }

  /// What is waited for, as failures show it.
  let wanted: String
  let kind: Kind

  private init(wanted: String, kind: Kind) {
    self.wanted = wanted
    self.kind = kind
  }

  /// Whether the service tells its address itself.
  var isTold: Bool {
    if case .line = kind { true } else { false }
  }

  /// The address that a line of output tells; nil for any other line.
  func address(_ line: String) -> String? {
    if case .line(let address) = kind { address(line) } else { nil }
  }

  /// A line of output, on either stream, that has `text` and the address right behind it, up to the next
  /// space: `listening on 127.0.0.1:41234`.
  ///
  /// A mark behind the address, such as a comma, is none of it.
  /// The address may be a URL, or a host and port, or a port alone, which get `scheme`: a framework may tell of a
  /// service over TLS in a line of its own, without saying so.
  public static func address(after text: String, scheme: String = "http") -> ServiceReadiness {
    ServiceReadiness(
      wanted: "a line with \"\(text)\" and the address",
      kind: .line { line in
        guard let range = line.firstRange(of: text) else { return nil }
        var rest = line[range.upperBound...].prefix { !$0.isWhitespace }
        while let last = rest.last, ",;.)\"'".contains(last) { rest.removeLast() }
        return rest.isEmpty ? nil : url(String(rest), scheme)
      })
  }

  /// A line of output that the closure recognizes, and gives the address of.
  ///
  /// The closure runs on the process's own thread, and must be quick.
  public static func line(_ address: @escaping @Sendable (_ line: String) -> String?)
    -> ServiceReadiness
  {
    ServiceReadiness(
      wanted: "a line that tells the address", kind: .line { address($0).map { url($0, "http") } })
  }

  /// Somebody accepts connections at the place that the driver chose for the service.
  ///
  /// On a socket that the service inherits this is so from the start: its connections wait there. Take
  /// ``health(_:)`` where a test must know that the service runs.
  public static let accepting = ServiceReadiness(
    wanted: "somebody who accepts connections", kind: .accepting(address: nil))

  /// Somebody accepts connections at this address, such as `http://127.0.0.1:8080` or `unix:/run/service.sock`, which
  /// the service was told by its arguments or always has.
  public static func accepting(at address: String) -> ServiceReadiness {
    ServiceReadiness(
      wanted: "somebody who accepts connections at \(SecretMask.maskURLPasswords(address))",
      kind: .accepting(address: address))
  }

  /// A GET of this path is answered with a status of 2xx, at the place that the driver chose for the service.
  ///
  /// Each attempt has a second at most.
  public static func health(_ path: String) -> ServiceReadiness {
    ServiceReadiness(
      wanted: "GET \(path) to be answered with 2xx", kind: .health(path: path, address: nil))
  }

  /// A GET of this path is answered with a status of 2xx, at this address; each attempt has a second at most.
  public static func health(_ path: String, at address: String) -> ServiceReadiness {
    ServiceReadiness(
      wanted: "GET \(path) to be answered with 2xx at \(SecretMask.maskURLPasswords(address))",
      kind: .health(path: path, address: address))
  }

  private static func url(_ text: String, _ scheme: String) -> String {
    if text.contains("://") { return text }
    return Int(text) == nil ? "\(scheme)://\(text)" : "\(scheme)://127.0.0.1:\(text)"
  }
}
