import HTTPTypes
import HarnessJSON
import HarnessLoopback
import HarnessReporting
import Testing

@testable import HTTPDriver

@Suite struct `Expectations that gather` {
  let http = HTTPDriver(
    .handler { _, _ in
      HTTPReply(.ok, .json(["id": 7, "title": "Daily"]), headers: [.cacheControl: "no-cache"])
    })

  @Test func `pass together`() async throws {
    try await http.get("/").expectAll(
      { try $0.expect(status: .ok) },
      { try $0.expectJSON("/id", equals: 7) })
  }

  @Test func `fail once, with all that differed`() async throws {
    let texts = try await failureTexts { [http] in
      try await http.get("/").expectAll(
        { try $0.expect(status: .created) },
        { try $0.expectMediaType("application/json") },
        { try $0.expectHeader("Cache-Control", "no-store") },
        { try $0.expectJSON("/id", equals: 8).expectJSON("/title", equals: "Weekly") })
    }
    #expect(
      texts == [
        """
        GET /: 3 of 4 expectations differ
          - status 200, expected 201
          - header field Cache-Control differs
          expected  "no-store"
          actual    "no-cache"
          - JSON at /id differs
          expected  8
          actual    7
          request   GET /
          response  200 OK
                    Cache-Control: no-cache
                    Content-Type: application/json
          body      application/json, 24 bytes: {"id":7,"title":"Daily"}
          repeat    curl -i "$SERVICE/"
        """
      ])
  }

  @Test func `with one difference read like that one`() async throws {
    let texts = try await failureTexts { [http] in
      try await http.get("/").expectAll(
        { try $0.expect(status: .created) }, { try $0.expectJSON("/id", equals: 7) })
    }
    #expect(texts.first?.hasPrefix("GET /: status 200, expected 201\n  request") == true)
  }
}

@Suite struct `A journal of exchanges` {
  @Test func `goes along with a failure as HAR, with secrets masked`() async throws {
    let http = HTTPDriver(
      .memory { request, body in
        let bytes = try await body.bytes()
        if request.path == "/none" {
          // Until the deadline cancels it.
          let (never, _) = AsyncStream<Void>.makeStream()
          for await _ in never {}
        }
        if request.path == "/binary" { return HTTPReply(.ok, .bytes([0xff, 0x00])) }
        return HTTPReply(.ok, .text("\(bytes.count)"), headers: [.setCookie: "session=secret"])
      }
    ).authorized(.bearer("secret"))
    _ = try await http.post("/a?token=secret", .text("hello"))
    _ = try await http.get("/binary")
    _ = await http.outcome(.get, "/none", within: .milliseconds(10))
    let evidence = try #require(http.journal.evidence.first)
    #expect(evidence.name == "exchanges.har")
    let text = String(decoding: evidence.bytes, as: UTF8.self)
    #expect(!text.contains("secret"))
    let archive = try JSONValue(parsing: evidence.bytes)
    #expect(try archive.value(at: "/log/version") == "1.2")
    #expect(try archive.value(at: "/log/entries/0/request/method") == "POST")
    #expect(try archive.value(at: "/log/entries/0/request/postData/text") == "hello")
    #expect(try archive.value(at: "/log/entries/0/response/content/text") == "5")
    #expect(try archive.value(at: "/log/entries/1/response/content/text") == "/wA=")
    #expect(try archive.value(at: "/log/entries/1/response/content/encoding") == "base64")
    #expect(try archive.value(at: "/log/entries/2/response/status") == 0)
  }

  @Test func `keeps the last of many, and says how many went before`() async throws {
    let http = HTTPDriver(.handler { _, _ in HTTPReply() })
    for number in 0..<250 { _ = try await http.get("/\(number)") }
    let archive = try JSONValue(parsing: try #require(http.journal.evidence.first).bytes)
    let entries = try #require(archive["log"]?["entries"])
    guard case .array(let all) = entries else { throw Broken() }
    #expect(all.count == 100)
    #expect(try archive.value(at: "/log/entries/99/request/url") == "http://in-process/249")
    #expect(try archive.value(at: "/log/comment") == "150 exchanges went before and were not kept")
  }

  @Test func `of one exchange is none, as the failure shows it`() async throws {
    let http = HTTPDriver(.handler { _, _ in HTTPReply() })
    _ = try await http.get("/")
    #expect(http.journal.evidence.isEmpty)
  }
}
