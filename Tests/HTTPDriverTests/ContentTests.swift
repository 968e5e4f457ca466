import HarnessLoopback
import Testing

@testable import HTTPDriver

@Suite struct `Content` {
  static let cases: [(type: String, body: String, content: HTTPContent)] = [
    ("application/json; charset=utf-8", "{\"a\":1}", .json(["a": 1])),
    ("application/problem+json", "[]", .json([])),
    ("application/x-ndjson", "1\n\n2\r\n", .jsonLines([1, 2])),
    (
      "application/x-www-form-urlencoded", "a=1+%26+2&a=%C3%BC&b&=x&%zz=%4",
      .form([
        .init("a", "1 & 2"), .init("a", "ü"), .init("b", ""), .init("", "x"), .init("%zz", "%4"),
      ])
    ),
    ("text/event-stream", "data: a\n\ndata: cut", .events([ServerSentEvent(data: "a")])),
    ("text/plain", "grüezi", .text("grüezi")),
    ("image/png", "x", .bytes([0x78])),
  ]

  @Test(arguments: cases.indices)
  func `is read by its media type`(_ index: Int) async throws {
    let example = Self.cases[index]
    let http = HTTPDriver(
      .handler { _, _ in HTTPReply(.ok, .text(example.body, contentType: example.type)) })
    #expect(try await http.get("/").content() == example.content)
  }

  @Test(arguments: [
    // RFC 9110, section 5.6.6: names have no case, values may be quoted, parameters may be empty.
    ("text/plain; charset=UTF-8", [0xc3, 0xbc] as [UInt8], "ü"),
    ("text/plain;charset=\"utf-8\"", [0xc3, 0xbc], "ü"),
    ("text/plain; a=\"; charset=x\"; ; Charset=utf8", [0xc3, 0xbc], "ü"),
    ("text/csv; charset=us-ascii", [0x41], "A"),
    ("text/html; charset=ISO-8859-1", [0xfc, 0x80, 0x0d, 0x0a], "ü\u{80}\r\n"),
    ("text/plain; charset=utf-16", [0x00, 0xfc], "ü"),
    ("text/plain; charset=utf-16", [0xfe, 0xff, 0x00, 0xfc], "ü"),
    ("text/plain; charset=utf-16", [0xff, 0xfe, 0xfc, 0x00], "ü"),
    ("text/plain; charset=utf-16le", [0xfc, 0x00, 0x3d, 0xd8, 0x00, 0xde], "ü😀"),
    ("text/plain; charset=utf-16be", [0xd8, 0x3d, 0xde, 0x00], "😀"),
  ])
  func `has the charset that its type names`(
    _ type: String, _ bytes: [UInt8], _ text: String
  ) async throws {
    let http = HTTPDriver(
      .handler { _, _ in HTTPReply(.ok, .bytes(bytes, contentType: type)) })
    let exchange = try await http.get("/")
    #expect(try exchange.content() == .text(text))
    #expect(exchange.text == text)
  }

  @Test(arguments: [
    (
      "text/plain; charset=shift_jis", [0x41] as [UInt8],
      """
      its charset "shift_jis" is none that is read here: utf-8, us-ascii, iso-8859-1, utf-16, utf-16le or utf-16be
      """
    ),
    ("text/plain", [0xfc], "it is not UTF-8"),
    ("text/plain; charset=", [0xfc], "it is not UTF-8"),
    (
      "text/plain; charset=US-ASCII", [0xc3, 0xbc], "it is not us-ascii, which its media type says"
    ),
    ("text/plain; charset=utf-16", [0x41], "it is not utf-16, which its media type says"),
    (
      "text/plain; charset=utf-16le", [0x00, 0xd8], "it is not utf-16le, which its media type says"
    ),
  ])
  func `that is no text in its charset says so`(
    _ type: String, _ bytes: [UInt8], _ reason: String
  ) async throws {
    let http = HTTPDriver(
      .handler { _, _ in HTTPReply(.ok, .bytes(bytes, contentType: type)) })
    let texts = try await failureTexts { _ = try await http.get("/").content() }
    #expect(
      texts.first?.hasPrefix(
        "GET /: the body is not what its media type says\n  reason    \(reason)\n") == true,
      "\(texts)")
    // Text for reports is never refused.
    #expect(try await http.get("/").text == String(decoding: bytes, as: UTF8.self))
  }

  @Test func `that is not what its type says fails the test`() async throws {
    let texts = try await failureTexts {
      let http = HTTPDriver(
        .handler { _, _ in HTTPReply(.ok, .text("{", contentType: "application/json")) })
      _ = try await http.get("/").content()
    }
    #expect(
      texts.first?.hasPrefix("GET /: the body is not what its media type says\n  reason    ")
        == true)
  }
}

@Suite struct `JSON in part` {
  let http = HTTPDriver(
    .handler { _, _ in
      HTTPReply(
        .ok,
        .json(["id": 7, "author": ["name": "Zaid", "age": 40], "rows": [["a": 1], ["a": 2]]]))
    })

  @Test func `is found among more, and by queries`() async throws {
    try await http.get("/")
      .expectJSON(containing: ["author": ["name": "Zaid"], "rows": [[:], ["a": 2.0]]])
      .expectJSON(path: "$.rows[*].a", equals: [1, 2])
      .expectJSON(path: "$.none", equals: [])
      .expect(totalWithin: .seconds(60))
  }

  @Test func `that is missing is named by its place`() async throws {
    let texts = try await failureTexts { [http] in
      try await http.get("/").expectJSON(
        containing: ["author": ["name": "Ali", "mail": "x"], "rows": [[:]]])
    }
    #expect(
      texts.first?.hasPrefix(
        """
        GET /: the JSON lacks what was expected
          at        /author/name
          expected  "Ali"
          actual    "Zaid"
          at        /author/mail
          expected  "x"
          actual    nothing
          at        /rows
          expected  [{}]
          actual    [{"a":1},{"a":2}]
          request   GET /

        """) == true, "\(texts)")
  }

  @Test func `that a query selects differently, or not in time, is one failure`() async throws {
    let texts = try await failureTexts { [http] in
      try await http.get("/").expectJSON(path: "$.rows[*].a", equals: [2, 1])
    }
    #expect(
      texts.first?.hasPrefix(
        "GET /: JSON at $.rows[*].a differs\n  expected  [2,1]\n  actual    [1,2]\n") == true)
    let late = try await failureTexts { [http] in
      try await http.get("/").expect(totalWithin: .zero)
    }
    #expect(
      late.first?.hasPrefix("GET /: it took longer than 0.0 seconds\n  phases    ") == true,
      "\(late)")
  }
}
