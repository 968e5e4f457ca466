import HTTPTypes
import HarnessWebSocket
import Testing

@testable import WSDriver

@Suite struct `The opening handshake` {
  static let handshake = WSHandshake(
    key: WSHandshakeKey("dGhlIHNhbXBsZSBub25jZQ=="), subprotocols: ["v2.reports", "v1.reports"])

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
    #expect(Self.handshake.verdict(on: Self.good) == .open(nil))
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
    #expect(
      Self.handshake.verdict(on: response) == wrong.fault.map { .refused($0) } ?? .open(nil))
  }
}
