import Testing

@testable import HTTPDriver

@Suite struct `A service's address` {
  @Test(
    arguments: [
      ("http://127.0.0.1:8080", "127.0.0.1", 8080, "", "127.0.0.1:8080"),
      ("http://localhost", "localhost", 80, "", "localhost"),
      ("http://[::1]:81/", "::1", 81, "", "[::1]:81"),
      ("HTTP://h:1/api/v1/", "h", 1, "/api/v1", "h:1"),
    ])
  func `is taken apart`(
    text: String, host: String, port: Int, prefix: String, authority: String
  ) throws {
    let address = try ServiceAddress(parsing: text)
    #expect(address.host == host)
    #expect(address.port == port)
    #expect(address.prefix == prefix)
    #expect(address.authority == authority)
  }

  @Test func `may carry credentials`() throws {
    let address = try ServiceAddress(parsing: "http://ann:p%40ss@h:1/x")
    #expect(address.credentials == "ann:p@ss")
    #expect(address.origin == "http://ann:p%40ss@h:1")
  }

  @Test(
    arguments: [
      ("127.0.0.1:8080", "write it like http://127.0.0.1:8080"),
      ("", "write it like http://127.0.0.1:8080"),
      ("https://h", "only http can be driven, not https"),
      ("http://", "it names no host"),
      ("http://h/?a=1", "a query or a fragment belongs to the path of a request"),
      ("http://h:70000", "70000 is no port"),
    ])
  func `says why it cannot be used`(text: String, reason: String) {
    #expect {
      try ServiceAddress(parsing: text)
    } throws: { error in
      "\(error)" == "the address \"\(text)\" cannot be used: \(reason)"
    }
  }
}
