import HarnessWebSocket

/// The 101 that a scripted server answers an opening handshake with.
func opening(_ head: String) -> [UInt8] {
  let line = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("sec-websocket-key:") }
  let key = line?.split(separator: " ").last.map(String.init) ?? ""
  let accept = WSHandshakeKey(key).answer
  return Array(
    """
    HTTP/1.1 101 Switching Protocols\r
    Upgrade: websocket\r
    Connection: Upgrade\r
    Sec-WebSocket-Accept: \(accept)\r
    \r

    """.utf8)
}
