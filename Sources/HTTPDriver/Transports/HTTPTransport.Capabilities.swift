extension HTTPTransport {
  /// What a transport can do beyond plain exchanges; a test that needs what is missing is skipped or fails by
  /// name.
  public struct Capabilities: OptionSet, Sendable, Hashable {
    /// The set of bits.
    public let rawValue: Int

    /// Makes a set of bits.
    public init(rawValue: Int) {
      self.rawValue = rawValue
    }

    /// Exchanges go through sockets of the operating system.
    public static let sockets = Capabilities(rawValue: 1 << 0)
    /// A connection can leave HTTP by an upgrade, as WebSockets do.
    public static let upgrades = Capabilities(rawValue: 1 << 1)
    /// Messages are framed as on a wire: chunks, `Transfer-Encoding`, `Content-Length`.
    public static let framing = Capabilities(rawValue: 1 << 2)
    /// Bytes that are no HTTP can be sent.
    public static let rawBytes = Capabilities(rawValue: 1 << 3)
    /// A body can wait for the service's `100 Continue`.
    public static let expectContinue = Capabilities(rawValue: 1 << 4)
    /// Informational responses, such as `103 Early Hints`, are seen.
    public static let informational = Capabilities(rawValue: 1 << 5)
    /// Fields can follow a body, in both directions.
    public static let trailers = Capabilities(rawValue: 1 << 6)
    /// The driver hears when the service's task was cancelled, and what its handler threw.
    public static let serviceSightings = Capabilities(rawValue: 1 << 7)

    /// Connections are encrypted, and their certificates are checked.
    public static let tls = Capabilities(rawValue: 1 << 8)
    /// Messages are framed as HTTP/2.
    public static let http2 = Capabilities(rawValue: 1 << 9)

    /// All of them with their names, in the order of the table in the documentation.
    public static let named: [(name: String, capability: Capabilities)] = [
      ("sockets", .sockets), ("framing", .framing), ("rawBytes", .rawBytes),
      ("upgrades", .upgrades), ("expectContinue", .expectContinue),
      ("informational", .informational), ("trailers", .trailers),
      ("serviceSightings", .serviceSightings), ("tls", .tls), ("http2", .http2),
    ]

    package static let overSockets: Capabilities = [
      .sockets, .framing, .rawBytes, .upgrades, .expectContinue, .informational, .trailers,
    ]
    package static let inMemory = overSockets.subtracting(.sockets).union(.serviceSightings)
    /// What HTTP/2 has not: it never leaves HTTP, and has no bytes of its own that a test could write.
    package static let onlyHTTP1: Capabilities = [.framing, .rawBytes, .upgrades]
    static let inProcess: Capabilities = [.informational, .trailers, .serviceSightings]
  }
}

extension HTTPTransport.Capabilities: CustomStringConvertible {
  /// The names, such as `framing, trailers`.
  public var description: String {
    Self.named.filter { contains($0.capability) }.map(\.name).joined(separator: ", ")
  }
}
