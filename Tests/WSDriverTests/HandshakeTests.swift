import HTTPTypes
import Testing

@testable import WSDriver

@Suite struct `The opening handshake` {
  /// Source: FIPS 180, the examples for SHA-1.
  @Test(
    arguments: [
      ("", "da 39 a3 ee 5e 6b 4b 0d 32 55 bf ef 95 60 18 90 af d8 07 09"),
      ("abc", "a9 99 3e 36 47 06 81 6a ba 3e 25 71 78 50 c2 6c 9c d0 d8 9d"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "84 98 3e 44 1c 3b d2 6e ba ae 4a a1 f9 51 29 e5 e5 46 70 f1"
      ),
      (
        String(repeating: "a", count: 1_000),
        "29 1e 9a 6c 66 99 49 49 b5 7b a5 e6 50 36 1e 98 fc 36 b1 ba"
      ),
    ])
  func `hashes with SHA-1`(text: String, digest: String) {
    #expect(hex(sha1(Array(text.utf8))) == digest)
  }

  static let handshake = WSHandshake(
    key: "dGhlIHNhbXBsZSBub25jZQ==", subprotocols: ["v2.reports", "v1.reports"])

  static var good: HTTPResponse {
    HTTPResponse(
      status: .switchingProtocols,
      headerFields: [
        .upgrade: "WebSocket", .connection: "keep-alive, Upgrade",
        .secWebSocketAccept: "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
      ])
  }

  @Test func `asks as RFC 6455, section 4.1 says`() {
    let fields = Self.handshake.fields([.cookie: "a=b"])
    #expect(fields[.upgrade] == "websocket")
    #expect(fields[.connection] == "Upgrade")
    #expect(fields[.secWebSocketVersion] == "13")
    #expect(fields[.secWebSocketKey] == "dGhlIHNhbXBsZSBub25jZQ==")
    #expect(fields[.secWebSocketProtocol] == "v2.reports, v1.reports")
    #expect(fields[.cookie] == "a=b")
  }

  @Test func `takes the answer of the RFC's example`() {
    #expect(Self.handshake.fault(in: Self.good) == nil)
  }

  struct Case: Sendable {
    let change: @Sendable (inout HTTPResponse) -> Void
    let fault: String?

    init(_ fault: String?, _ change: @escaping @Sendable (inout HTTPResponse) -> Void) {
      self.fault = fault
      self.change = change
    }
  }

  @Test(
    arguments: [
      Case("status 404, expected 101") { $0.status = .notFound },
      Case("the 101 has no \"Upgrade: websocket\"") { $0.headerFields[.upgrade] = "h2c" },
      Case("the 101 has no \"Connection: Upgrade\"") { $0.headerFields[.connection] = "close" },
      Case("Sec-WebSocket-Accept does not answer the key, expected s3pPLMBiTxaQ9kYGzzhZRbK+xOo=") {
        $0.headerFields[.secWebSocketAccept] = "AAAA"
      },
      Case("Sec-WebSocket-Accept does not answer the key, expected s3pPLMBiTxaQ9kYGzzhZRbK+xOo=") {
        $0.headerFields.append(.init(name: .secWebSocketAccept, value: "AAAA"))
      },
      Case("the server chose the subprotocol \"v3\", which was not offered") {
        $0.headerFields[.secWebSocketProtocol] = "v3"
      },
      Case(nil) { $0.headerFields[.secWebSocketProtocol] = "v1.reports" },
      Case("the server chose the extension \"permessage-deflate\", and none was offered") {
        $0.headerFields[.secWebSocketExtensions] = "permessage-deflate"
      },
    ])
  func `says what is wrong with an answer`(_ wrong: Case) {
    var response = Self.good
    wrong.change(&response)
    #expect(Self.handshake.fault(in: response) == wrong.fault)
  }
}
