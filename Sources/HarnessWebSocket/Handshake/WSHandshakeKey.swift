/// The key of an opening handshake, and what a server must answer it with.
///
/// Source: RFC 6455, sections 4.1 and 4.2.2.
public struct WSHandshakeKey: Hashable, Sendable {
  /// The value of `Sec-WebSocket-Key`.
  public let value: String

  /// Takes the value of a request.
  public init(_ value: String) {
    self.value = value
  }

  /// Makes sixteen random bytes in base64.
  public static func random() -> WSHandshakeKey {
    WSHandshakeKey(base64((0..<16).map { _ in UInt8.random(in: 0...255) }))
  }

  /// The value of `Sec-WebSocket-Accept` that answers it.
  public var answer: String {
    base64(sha1(Array((value + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8)))
  }

  /// Whether it is the base64 of sixteen bytes, as a server must check.
  public var isWellFormed: Bool {
    let bytes = Array(value.utf8)
    return bytes.count == 24 && bytes.suffix(2) == [0x3d, 0x3d]
      && bytes.dropLast(2).allSatisfy { alphabet.contains($0) }
      // The last character stands for two bits: its other four are zero.
      && (alphabet.firstIndex(of: bytes[21]) ?? 1) & 0xf == 0
  }
}

/// Source: RFC 4648, section 4.
private let alphabet = Array(
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

private func base64(_ bytes: [UInt8]) -> String {
  var text: [UInt8] = []
  for start in stride(from: 0, to: bytes.count, by: 3) {
    let group = bytes[start..<min(start + 3, bytes.count)]
    var bits: UInt32 = 0
    for index in 0..<3 {
      bits = bits << 8 | UInt32(index < group.count ? group[start + index] : 0)
    }
    for index in 0..<4 {
      let isPadding = index > group.count
      text.append(isPadding ? 0x3d : alphabet[Int(bits >> UInt32(18 - 6 * index) & 0x3f)])
    }
  }
  return String(decoding: text, as: UTF8.self)
}
