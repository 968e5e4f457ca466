/// How a service that was started says that it is ready, and where it listens.
public struct ServiceReadiness: Sendable {
  /// What is waited for, as failures show it.
  let wanted: String
  /// The address that a line of output tells; nil for any other line.
  let address: @Sendable (_ line: String) -> String?

  /// A line of output, on either stream, that has `text` and the address right behind it, up to the next
  /// space: `listening on 127.0.0.1:41234`.
  ///
  /// The address may be a URL, a host and port, or a port alone.
  public static func address(after text: String) -> ServiceReadiness {
    ServiceReadiness(wanted: "a line with \"\(text)\" and the address") { line in
      guard let range = line.firstRange(of: text) else { return nil }
      let rest = line[range.upperBound...].prefix { !$0.isWhitespace }
      return rest.isEmpty ? nil : url(String(rest))
    }
  }

  /// A line of output that the closure recognizes, and gives the address of.
  ///
  /// The closure runs on the process's own thread, and must be quick.
  public static func line(_ address: @escaping @Sendable (_ line: String) -> String?)
    -> ServiceReadiness
  {
    ServiceReadiness(wanted: "a line that tells the address") { address($0).map(url) }
  }

  private static func url(_ text: String) -> String {
    if text.contains("://") { return text }
    return Int(text) == nil ? "http://\(text)" : "http://127.0.0.1:\(text)"
  }
}
