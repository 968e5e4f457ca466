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
