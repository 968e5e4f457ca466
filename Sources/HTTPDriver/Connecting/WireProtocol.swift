/// A protocol that a connection may carry, told by the first bytes that come.
package enum WireProtocol: Sendable, Hashable, CaseIterable {
  /// HTTP/1.1 in the clear.
  case http1
  /// HTTP/2 in the clear (h2c), or within TLS.
  case http2
  /// TLS.
  case tls

  /// Tells which it is; nil where the bytes are too few, or of none of them.
  ///
  /// Source: RFC 9112, section 4 (a status line begins with `HTTP/1.`), RFC 8446, section 5.1 (an alert or a handshake,
  /// then the version 3.x), and RFC 9113, sections 3.4 and 4.1 (a frame SETTINGS, or GOAWAY, on stream 0 comes first).
  package init?(of bytes: some Collection<UInt8>) {
    let first = Array(bytes.prefix(9))
    if first.starts(with: Array("HTTP/1.".utf8)) {
      self = .http1
    } else if first.count >= 3, first[0] == 0x15 || first[0] == 0x16, first[1] == 3, first[2] <= 4 {
      self = .tls
    } else if first.count == 9, first[0] == 0, first[1] == 0, first[3] == 4 || first[3] == 7,
      first[5...].allSatisfy({ $0 == 0 })
    {
      self = .http2
    } else {
      return nil
    }
  }
}

/// The server speaks another protocol than it was asked to: what came, and what to use instead.
package struct WrongProtocol: DescribedFault, Hashable {
  let expected: WireProtocol
  let came: WireProtocol
  /// The first line of what came, where it is text.
  let line: String

  package init(expected: WireProtocol, came: WireProtocol, bytes: some Collection<UInt8>) {
    self.expected = expected
    self.came = came
    // The line feed ends it; the rest may be long.
    let text = String(decoding: bytes.prefix(80).prefix { $0 != 10 && $0 != 13 }, as: UTF8.self)
    line = came == .http1 ? Excerpt.line(text, limit: 60) : ""
  }

  package var code: HTTPExchangeError.Code { expected == .tls ? .tlsFailed : .malformedResponse }

  package var reason: String { "what came is \(seen); \(advice)" }

  private var seen: String {
    switch came {
    case .http1: "HTTP/1.1 in the clear (\"\(line)\")"
    case .http2: "HTTP/2"
    case .tls: "TLS"
    }
  }

  private var advice: String {
    switch (expected, came) {
    case (.tls, .http1): "the server speaks no TLS there, so use .address(\"http://…\")"
    case (.tls, _): "the server speaks no TLS there, so use .http2(\"http://…\")"
    case (.http1, .http2):
      "the server speaks HTTP/2, so use .http2(…) of HTTPDriverTLS, over TLS .tls(…, speaking: .http2)"
    case (.http1, _): "the server speaks TLS there, so use .tls(\"https://…\", …) of HTTPDriverTLS"
    case (.http2, .tls):
      "the server speaks TLS there, so use .tls(\"https://…\", …, speaking: .http2)"
    case (.http2, _): "the server speaks no HTTP/2 without TLS there, so use .address(\"http://…\")"
    }
  }
}
