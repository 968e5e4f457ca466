/// What an end asks of permessage-deflate: a client in its offer, a server for its answer.
///
/// ```swift
/// WSDriver(http, compression: WSDeflate())
/// ```
///
/// Without arguments a client offers what every server can take: any window, with context takeover.
///
/// Source: RFC 7692, section 7.1.
public struct WSDeflate: Sendable, Hashable {
  /// Whether the server must compress each message by itself.
  public var serverNoContextTakeover: Bool
  /// Whether the client compresses each message by itself.
  public var clientNoContextTakeover: Bool
  /// The longest window that the server may compress with, as the exponent of 2, from 8 to 15; nil says nothing.
  public var serverMaxWindowBits: Int?
  /// The longest window that the client will compress with, as the exponent of 2, from 8 to 15; nil says nothing.
  ///
  /// A client that says nothing tells the server all the same that it takes a limit.
  public var clientMaxWindowBits: Int?
  /// How hard this end compresses: 1, the fastest, to 9, the smallest.
  ///
  /// 1 unless said otherwise: on the way between a test and its service, time matters more than size.
  public var level: Int

  /// Makes an offer, or what an answer may be.
  public init(
    serverNoContextTakeover: Bool = false, clientNoContextTakeover: Bool = false,
    serverMaxWindowBits: Int? = nil, clientMaxWindowBits: Int? = nil, level: Int = 1
  ) {
    self.serverNoContextTakeover = serverNoContextTakeover
    self.clientNoContextTakeover = clientNoContextTakeover
    self.serverMaxWindowBits = serverMaxWindowBits.map(Self.bits)
    self.clientMaxWindowBits = clientMaxWindowBits.map(Self.bits)
    self.level = min(max(level, 1), 9)
  }

  private static func bits(_ bits: Int) -> Int { min(max(bits, 8), 15) }

  /// The value of `Sec-WebSocket-Extensions` that a client offers it with.
  public var offer: String {
    var text = "permessage-deflate"
    if serverNoContextTakeover { text += "; server_no_context_takeover" }
    if clientNoContextTakeover { text += "; client_no_context_takeover" }
    if let serverMaxWindowBits { text += "; server_max_window_bits=\(serverMaxWindowBits)" }
    text += "; client_max_window_bits"
    if let clientMaxWindowBits { text += "=\(clientMaxWindowBits)" }
    return text
  }

  /// What both ends have agreed on.
  public struct Agreement: Sendable, Hashable {
    /// Whether the server compresses each message by itself.
    public var serverNoContextTakeover = false
    /// Whether the client compresses each message by itself.
    public var clientNoContextTakeover = false
    /// The window that the server compresses with, as the exponent of 2.
    public var serverWindowBits = 15
    /// The window that the client compresses with, as the exponent of 2.
    public var clientWindowBits = 15
    /// How hard this end compresses; it is not on the wire.
    public var level = 1

    /// Makes an agreement on what is the case when nothing is said.
    public init() {}
  }
}
