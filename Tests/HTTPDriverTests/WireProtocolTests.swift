import Testing

@testable import HTTPDriver

@Suite struct `The first bytes of a connection` {
  @Test(arguments: [
    ("RFC 9112, section 4", Array("HTTP/1.1 200 OK\r\n".utf8), WireProtocol.http1),
    ("RFC 8446, section 6: an alert", [0x15, 3, 1, 0, 2, 2, 0x46], .tls),
    ("RFC 8446, section 4: a handshake", [0x16, 3, 3], .tls),
    ("RFC 9113, section 6.5: SETTINGS", [0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 100], .http2),
    ("RFC 9113, section 6.8: GOAWAY", [0, 0, 8, 7, 0, 0, 0, 0, 0], .http2),
  ])
  func `tell its protocol`(source: String, bytes: [UInt8], expected: WireProtocol) {
    #expect(WireProtocol(of: bytes) == expected, "\(source)")
  }

  @Test(arguments: [
    [], [0x15], [0x15, 3], [0x15, 2, 1], [0x15, 3, 9], Array("HTTP/".utf8),
    Array("SSH-2.0-OpenSSH_9.2\r\n".utf8), [0, 1, 2, 3],
    // DATA comes first in no connection, nor does SETTINGS of a stream.
    [0, 0, 0, 0, 0, 0, 0, 0, 1], [0, 0, 0, 4, 0, 0, 0, 0, 1], [0, 0, 0, 4, 0, 0, 0, 0],
  ])
  func `tell nothing where they are of another, or too few`(bytes: [UInt8]) {
    #expect(WireProtocol(of: bytes) == nil)
  }

  @Test func `are shown cut, on one line`() {
    let bytes = Array("HTTP/1.1 500 \u{1b}[31m\(String(repeating: "x", count: 200))".utf8)
    let reason = WrongProtocol(expected: .tls, came: .http1, bytes: bytes).reason
    #expect(reason.utf8.count < 200 && !reason.contains("\u{1b}"), "\(reason)")
  }
}
