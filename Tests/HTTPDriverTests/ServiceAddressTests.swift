import HTTPTypes
import Testing

@testable import HTTPDriver

@Suite struct `A service's address` {
  @Test(
    arguments: [
      ("http://127.0.0.1:8080", "127.0.0.1", 8080, "", "127.0.0.1:8080"),
      ("http://localhost", "localhost", 80, "", "localhost"),
      ("http://[::1]:81/", "::1", 81, "", "[::1]:81"),
      ("HTTP://h:1/api/v1/", "h", 1, "/api/v1", "h:1"),
      // RFC 6874, section 4: the zone stays here.
      ("http://[fe80::1%25eth0]:81", "fe80::1%eth0", 81, "", "[fe80::1]:81"),
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

  @Test func `is another one than that of what runs in this process`() throws {
    let network = try ServiceAddress(parsing: "http://localhost")
    let socket = ServiceAddress(unixSocket: "/tmp/a.sock")
    #expect(Set([network, socket, .memory]).count == 3)
    #expect(network.isLive && socket.isLive && !ServiceAddress.memory.isLive)
    #expect(Set([network, socket, .memory].map(\.archiveOrigin)).count == 3)
    #expect(socket.archiveOrigin == "http+unix://%2Ftmp%2Fa%2Esock")
    let record = ExchangeRecord(
      request: HTTPRequest(method: .get, scheme: "http", authority: "localhost", path: "/a"),
      service: network)
    #expect(CurlLine(record: record).text == "curl -i 'http://localhost/a'")
  }

  @Test(
    arguments: [
      ("127.0.0.1:8080", "write it like http://127.0.0.1:8080"),
      ("", "write it like http://127.0.0.1:8080"),
      ("https://h", "https needs HTTPTransport.tls, of the product HTTPDriverTLS (trait TLS)"),
      ("ftp://h", "only http can be driven, not ftp; write it like http://127.0.0.1:8080"),
      ("http://", "it names no host"),
      ("http://h/?a=1", "a query or a fragment belongs to the path of a request"),
      ("http://h:70000", "70000 is no port"),
      ("http://a%0d%0aX-Field:%201/", "write it like http://127.0.0.1:8080"),
      (
        "http://a%20b:80",
        "its host has characters that no host has; write other alphabets in Punycode"
      ),
    ])
  func `says why it cannot be used`(text: String, reason: String) {
    #expect {
      try ServiceAddress(parsing: text)
    } throws: { error in
      "\(error)" == "the address \"\(text)\" cannot be used: \(reason)"
    }
  }
}
