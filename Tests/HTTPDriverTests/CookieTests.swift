import HTTPTypes
import HarnessLoopback
import Testing

@testable import HTTPDriver

@Suite struct `A cookie` {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let field: String
    let host: String
    let path: String
    /// What is sent with the request; nil for nothing.
    let sent: String?

    init(_ rule: String, _ field: String, to host: String, _ path: String, _ sent: String?) {
      testDescription = rule
      self.field = field
      self.host = host
      self.path = path
      self.sent = sent
    }
  }

  /// Set by `http://www.example.com/shop/cart` at second 1,000; sent at second 2,000.
  static let cases = [
    Case("5.3.6 host only", "a=1", to: "www.example.com", "/shop/x", "a=1"),
    Case("5.3.6 not to a host below", "a=1", to: "b.www.example.com", "/shop/x", nil),
    Case("5.1.3 domain", "a=1; Domain=example.com", to: "api.example.com", "/shop/x", "a=1"),
    Case("5.2.3 leading dot", "a=1; Domain=.Example.COM", to: "example.com", "/shop/x", "a=1"),
    Case("5.3.6 foreign domain", "a=1; Domain=evil.com", to: "www.example.com", "/shop/x", nil),
    Case("5.3.5 public suffix", "a=1; Domain=com", to: "www.example.com", "/shop/x", nil),
    Case("5.1.3 no part of a label", "a=1; Domain=ample.com", to: "www.example.com", "/", nil),
    Case("5.1.4 default path", "a=1", to: "www.example.com", "/shop", "a=1"),
    Case("5.1.4 outside the path", "a=1", to: "www.example.com", "/shopping", nil),
    Case("5.1.4 path", "a=1; Path=/x", to: "www.example.com", "/x/y?z", "a=1"),
    Case("5.2.4 path that is none", "a=1; Path=x", to: "www.example.com", "/shop/", "a=1"),
    Case("5.2.2 max-age", "a=1; Max-Age=1001", to: "www.example.com", "/shop/", "a=1"),
    Case("5.2.2 over", "a=1; Max-Age=1000", to: "www.example.com", "/shop/", nil),
    Case("5.2.2 zero takes back", "a=1; Max-Age=0", to: "www.example.com", "/shop/", nil),
    Case(
      "5.3.3 max-age wins", "a=1; Expires=Thu, 01 Jan 1970 00:00:01 GMT; Max-Age=9999",
      to: "www.example.com", "/shop/", "a=1"),
    Case(
      "5.2.1 expires", "a=1; Expires=Thu, 01 Jan 1970 00:33:20 GMT", to: "www.example.com",
      "/shop/", nil),
    Case(
      "5.2.1 later", "a=1; Expires=Thu, 01-Jan-70 00:33:21 GMT", to: "www.example.com", "/shop/",
      "a=1"),
    Case("5.2.5 secure", "a=1; Secure", to: "www.example.com", "/shop/", nil),
    Case("5.2 no pair", "a", to: "www.example.com", "/shop/", nil),
    Case("5.2 no name", "=1", to: "www.example.com", "/shop/", nil),
    Case("5.2 value with spaces", "a = b c ; HttpOnly", to: "www.example.com", "/shop/", "a=b c"),
    // U+0301 joins the sign before it to one character.
    Case("5.2 octets", "a=\u{301}1", to: "www.example.com", "/shop/", "a=\u{301}1"),
    Case("5.2 octets of names", "a=1;\u{301}b", to: "www.example.com", "/shop/", "a=1"),
    Case("5.1.4 octets of paths", "a=1", to: "www.example.com", "/shop/\u{301}", "a=1"),
    Case(
      "5.1.4 octets of set paths", "a=1; Path=/\u{301}", to: "www.example.com", "/\u{301}/",
      "a=1"),
  ]

  @Test(arguments: cases)
  func `follows RFC 6265`(_ example: Case) {
    var store = CookieStore()
    store.take(example.field, host: "www.example.com", path: "/shop/cart", now: 1_000)
    #expect(store.value(forHost: example.host, path: example.path, now: 2_000) == example.sent)
  }

  @Test func `replaces its like, keeps its place, and goes with longer paths first`() {
    var store = CookieStore()
    for field in ["a=1; Path=/", "b=1; Path=/x/y", "c=1; Path=/x", "a=2; Path=/"] {
      store.take(field, host: "h", path: "/", now: 0)
    }
    #expect(store.value(forHost: "h", path: "/x/y/z", now: 0) == "b=1; c=1; a=2")
    store.take("c=; Path=/x; Max-Age=-1", host: "h", path: "/", now: 0)
    #expect(store.cookies.map(\.name) == ["a", "b"])
  }

  @Test func `goes to no other service that has the same name`() throws {
    let jar = CookieJar()
    let services = [
      nil, ServiceAddress.memory, try ServiceAddress(parsing: "http://localhost"),
      ServiceAddress(unixSocket: "/a"), ServiceAddress(unixSocket: "/b"),
    ]
    jar.take(["a=1"], from: .memory, path: "/")
    // A handler that is called is the service in this process as well.
    #expect(services.map { jar.value(for: $0, path: "/") } == ["a=1", "a=1", nil, nil, nil])
    jar.take(["a=2"], from: services[2], path: "/")
    jar.take(["a=3; Domain=LOCALHOST"], from: services[3], path: "/")
    #expect(services.map { jar.value(for: $0, path: "/") } == ["a=1", "a=1", "a=2", "a=3", nil])
    #expect(jar.cookies.count == 3)
  }

  @Test func `knows no case of hosts`() throws {
    let jar = CookieJar()
    jar.take(["a=1"], from: try ServiceAddress(parsing: "http://WWW.Example.com"), path: "/")
    jar.take(
      ["b=2; Domain=EXAMPLE.com"], from: try ServiceAddress(parsing: "http://www.example.COM"),
      path: "/")
    let other = try ServiceAddress(parsing: "http://www.exAMPLE.com:81")
    #expect(jar.value(for: other, path: "/") == "a=1; b=2")
  }

  @Test func `is bounded in number`() {
    var store = CookieStore()
    for number in 0...CookieStore.limit {
      store.take("n\(number)=1", host: "h", path: "/", now: 0)
    }
    #expect(store.cookies.count == CookieStore.limit)
    #expect(store.cookies.first?.name == "n1")
  }

  @Test(arguments: [
    ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777),
    ("Sun Nov  6 08:49:37 1994", 784_111_777), ("29 Feb 2024 00:00:00", 1_709_164_800),
    ("29 Feb 2000 00:00:00GMT", 951_782_400),
    ("1 1:1:1 jan 69", 3_124_227_661),
  ])
  func `has a date in any shape`(_ text: String, seconds: Int) throws {
    #expect(try #require(CookieDate(parsing: text)).secondsSince1970 == Double(seconds))
  }

  @Test(arguments: [
    "", "Sun, 06 Nov 1994", "06 Nov 1994 24:00:00", "32 Nov 1994 00:00:00",
    "31 Feb 2024 00:00:00", "29 Feb 2023 00:00:00", "29 Feb 1900 00:00:00", "31 Apr 2024 00:00:00",
    "06 Nov 1994 8x:49:37", "06 Nov 1600 00:00:00", "06 Foo 1994 00:00:00", "tomorrow",
  ])
  func `ignores a date that is none`(_ text: String) {
    #expect(CookieDate(parsing: text) == nil)
  }

  @Test(arguments: Reach.allCases)
  func `is kept and sent by a driver with a jar`(reach: Reach) async throws {
    let handler: HTTPHandler = { request, _ in
      if request.path == "/login" {
        return HTTPReply(.ok, headers: [.setCookie: "session=abc; Path=/; HttpOnly"])
      }
      return HTTPReply(.ok, .text(request.headerFields[.cookie] ?? "none"))
    }
    try await reach.drive(handler) { plain in
      let jar = CookieJar()
      let http = plain.keepingCookies(in: jar)
      #expect(try await http.get("/").text == "none")
      try await http.post("/login").expect(status: .ok)
      #expect(try await http.get("/").text == "session=abc")
      #expect(jar.value(of: "session") == "abc")
      #expect(try await plain.get("/").text == "none")
      jar.removeAll()
      #expect(try await http.get("/").text == "none")
    }
  }

  @Test(
    "that are secure go along where nobody can listen",
    arguments: [
      ("https://example.com", true), ("http://example.com", false), ("http://localhost:8080", true),
      ("http://127.0.0.1:8080", true), ("http://[::1]:8080", true),
      ("http://127.example.com", false),
    ])
  func secure(address: String, isSent: Bool) throws {
    let service = try ServiceAddress(
      parsing: address, scheme: address.hasPrefix("https") ? "https" : "http")
    let jar = CookieJar()
    jar.take(["a=1; Secure"], from: service, path: "/")
    #expect((jar.value(for: service, path: "/") != nil) == isSent)
  }

  @Test func `that are secure go along in process`() async throws {
    let http = HTTPDriver(
      .handler { request, _ in
        var reply = HTTPReply(.ok, .text(request.headerFields[.cookie] ?? "none"))
        reply.head.headerFields[.setCookie] = "a=1; Secure"
        return reply
      }
    ).keepingCookies()
    #expect(try await http.get("/").text == "none")
    #expect(try await http.get("/").text == "a=1")
  }
}
