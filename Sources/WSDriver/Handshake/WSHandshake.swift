import Foundation
import HTTPTypes

/// The opening handshake of a client: what to ask, and whether the answer agrees.
///
/// Source: RFC 6455, section 4.1.
struct WSHandshake: Sendable {
  /// Sixteen random bytes in base64.
  let key: String
  let subprotocols: [String]

  init(key: String = Self.randomKey(), subprotocols: [String]) {
    self.key = key
    self.subprotocols = subprotocols
  }

  /// The caller's header fields and those of the handshake.
  func fields(_ headers: HTTPFields) -> HTTPFields {
    var fields = headers
    fields[.connection] = "Upgrade"
    fields[.upgrade] = "websocket"
    fields[.secWebSocketVersion] = "13"
    fields[.secWebSocketKey] = key
    if !subprotocols.isEmpty {
      fields[.secWebSocketProtocol] = subprotocols.joined(separator: ", ")
    }
    return fields
  }

  /// What the server must answer.
  var expectedAccept: String {
    let text = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
    return Data(sha1(Array(text.utf8))).base64EncodedString()
  }

  /// What is wrong with the answer; nil for one that opens the connection.
  func fault(in response: HTTPResponse) -> String? {
    let fields = response.headerFields
    guard response.status.code == 101 else {
      return "status \(response.status.code), expected 101"
    }
    guard fields[.upgrade]?.lowercased() == "websocket" else {
      return "the 101 has no \"Upgrade: websocket\""
    }
    let tokens = (fields[.connection] ?? "").lowercased().split(separator: ",")
    guard tokens.contains(where: { $0.filter { $0 != " " } == "upgrade" }) else {
      return "the 101 has no \"Connection: Upgrade\""
    }
    guard fields[values: .secWebSocketAccept] == [expectedAccept] else {
      return "Sec-WebSocket-Accept does not answer the key, expected \(expectedAccept)"
    }
    if let chosen = fields[.secWebSocketProtocol], !subprotocols.contains(chosen) {
      return "the server chose the subprotocol \"\(chosen)\", which was not offered"
    }
    if let extensions = fields[.secWebSocketExtensions] {
      return "the server chose the extension \"\(extensions)\", and none was offered"
    }
    return nil
  }

  private static func randomKey() -> String {
    Data((0..<16).map { _ in UInt8.random(in: 0...255) }).base64EncodedString()
  }
}
