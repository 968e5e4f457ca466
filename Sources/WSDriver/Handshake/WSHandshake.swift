import HTTPTypes
import HarnessWebSocket

/// The opening handshake of a client: what to ask, and whether the answer agrees.
///
/// Source: RFC 6455, section 4.1.
struct WSHandshake: Sendable {
  /// What a server's answer comes to.
  enum Verdict: Equatable {
    /// It opens the WebSocket, with compression or without.
    case open(WSDeflate.Agreement?)
    /// It does not; the text says why.
    case refused(String)
  }

  let key: WSHandshakeKey
  let subprotocols: [String]
  let compression: WSDeflate?

  init(
    key: WSHandshakeKey = .random(), subprotocols: [String] = [], compression: WSDeflate? = nil
  ) {
    self.key = key
    self.subprotocols = subprotocols
    self.compression = compression
  }

  /// The caller's header fields and those of the handshake.
  func fields(_ headers: HTTPFields) -> HTTPFields {
    var fields = headers
    fields[.connection] = "Upgrade"
    fields[.upgrade] = "websocket"
    fields[.secWebSocketVersion] = "13"
    fields[.secWebSocketKey] = key.value
    if !subprotocols.isEmpty {
      fields[.secWebSocketProtocol] = subprotocols.joined(separator: ", ")
    }
    if let compression { fields[.secWebSocketExtensions] = compression.offer }
    return fields
  }

  /// Looks at the answer.
  func verdict(on response: HTTPResponse) -> Verdict {
    let fields = response.headerFields
    guard response.status.code == 101 else {
      return .refused("status \(response.status.code), expected 101")
    }
    guard fields[.upgrade]?.lowercased() == "websocket" else {
      return .refused("the 101 has no \"Upgrade: websocket\"")
    }
    guard fields.listHas(.connection, "upgrade") else {
      return .refused("the 101 has no \"Connection: Upgrade\"")
    }
    guard fields[values: .secWebSocketAccept] == [key.answer] else {
      return .refused("Sec-WebSocket-Accept does not answer the key, expected \(key.answer)")
    }
    if let chosen = fields[.secWebSocketProtocol], !subprotocols.contains(chosen) {
      return .refused("the server chose the subprotocol \"\(chosen)\", which was not offered")
    }
    let extensions = fields[.secWebSocketExtensions]
    guard let compression else {
      guard let extensions else { return .open(nil) }
      return .refused("the server chose the extension \"\(extensions)\", and none was offered")
    }
    do {
      return .open(try compression.agreement(answer: extensions))
    } catch {
      return .refused("\(error)")
    }
  }
}

extension HTTPFields {
  /// Whether a comma-separated field has an element, without regard to case.
  func listHas(_ name: HTTPField.Name, _ element: String) -> Bool {
    (self[name] ?? "").lowercased().split(separator: ",")
      .contains { $0.filter { $0 != " " && $0 != "\t" } == element }
  }
}
