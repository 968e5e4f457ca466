import Foundation
import HTTPDriver
import HarnessJSON
import HarnessLoopback
import Testing

@Suite struct `What a failed expectation says` {
  static let service: HTTPHandler = { request, _ in
    switch request.path {
    case "/orders/7":
      HTTPReply(
        .internalServerError,
        .json(
          [
            "type": "https://example.com/out-of-stock", "title": "Out of stock", "status": 500,
          ], contentType: "application/problem+json"))
    case "/list":
      HTTPReply(
        .ok, .json(["items": [1, 2, 3], "note": "\u{200B}é\n"]),
        headers: [.setCookie: "session=s3cret; Path=/"])
    case "/bytes": HTTPReply(.ok, .bytes((0..<40).map { $0 &+ 0xf0 }))
    default: HTTPReply(.notFound, .text(String(repeating: "no such thing. ", count: 40)))
    }
  }

  static func texts(
    _ body: @escaping @Sendable (HTTPDriver) async throws -> Void
  ) async throws -> [String] {
    try await failureTexts { try await body(HTTPDriver(.handler(service))) }
  }

  @Test func `a wrong status names the problem`() async throws {
    let texts = try await Self.texts { http in
      try await http.get("/orders/7").expect(status: .ok)
    }
    #expect(
      texts == [
        """
        GET /orders/7: status 500, expected 200
          problem   "Out of stock" (https://example.com/out-of-stock)
          request   GET /orders/7
          response  500 Internal Server Error
                    Content-Type: application/problem+json
          body      application/problem+json, 79 bytes: \
        {"type":"https://example.com/out-of-stock","title":"Out of stock","status":500}
          repeat    curl -i "$SERVICE/orders/7"
        """
      ])
  }

  @Test func `a problem that is another one, or none`() async throws {
    let texts = try await Self.texts { http in
      let exchange = try await http.get("/orders/7")
      try exchange.expectProblem(
        status: .internalServerError, type: "https://example.com/out-of-stock"
      ) { $0.title("Out of stock") }
      #expect(throws: (any Error).self) {
        try exchange.expectProblem(status: .conflict, type: "https://example.com/sold-out")
      }
      try await http.get("/list").expectProblem(status: .notFound, type: "about:blank")
    }
    #expect(
      texts.map { text in text.components(separatedBy: "\n  request").first } == [
        """
        GET /orders/7: expected a problem, status 409, https://example.com/sold-out
          status 500, expected 409
          P04  /type: not the expected problem (must, RFC 9457, section 3.1.1)
            expected  "https://example.com/sold-out"
            actual    "https://example.com/out-of-stock"
          problem   "Out of stock" (https://example.com/out-of-stock)
        """,
        """
        GET /list: expected a problem, status 404, about:blank
          status 200, expected 404
          P01  the response is not marked as a problem document (must, RFC 9457, section 3)
            expected  Content-Type: application/problem+json
            actual    Content-Type: application/json
          P30  a problem comes with a status that tells of no error (advice, RFC 9457, section 1)
            actual    200
        """,
      ])
  }

  @Test func `a header field that is missing or differs`() async throws {
    let texts = try await Self.texts { http in
      let exchange = try await http.get("/list")
      #expect(throws: (any Error).self) { try exchange.expectHeader("X-Operation-ID") }
      #expect(throws: (any Error).self) { try exchange.expectHeader("no name") }
      #expect(throws: (any Error).self) { try exchange.expectMediaType("text/html") }
      try exchange.expectHeader("Set-Cookie", "session=other")
    }
    let exchange = """
        request   GET /list
        response  200 OK
                  Set-Cookie: session=***; Path=/
                  Content-Type: application/json
        body      application/json, 34 bytes: {"items":[1,2,3],"note":"\\u{200B}é\\n"}
        repeat    curl -i "$SERVICE/list"
      """
    #expect(
      texts == [
        "GET /list: no header field X-Operation-ID\n\(exchange)",
        "GET /list: \"no name\" is no name of a header field\n\(exchange)",
        "GET /list: media type application/json, expected text/html\n\(exchange)",
        """
        GET /list: header field Set-Cookie differs
          expected  "session=other"
          actual    "session=***; Path=/"
        \(exchange)
        """,
      ])
  }

  @Test func `JSON that differs, is missing or is none`() async throws {
    struct Page: Decodable {
      var items: [String]
    }
    let texts = try await Self.texts { http in
      let exchange = try await http.get("/list")
      #expect(throws: (any Error).self) { try exchange.expectJSON("/items/1", equals: "2") }
      #expect(throws: (any Error).self) { try exchange.expectJSON("/items/3", equals: 4) }
      #expect(throws: (any Error).self) { try exchange.expectJSON("items", equals: 4) }
      #expect(throws: (any Error).self) { try exchange.json(Page.self) }
      _ = try await http.get("/bytes").json()
    }
    #expect(
      texts.map { text in text.split(separator: "\n").prefix { !$0.contains("  request") } } == [
        [
          "GET /list: JSON at /items/1 differs", "  expected  \"2\"", "  actual    2",
          "  note      expected a string, found a number",
        ],
        ["GET /list: no value at /items/3: at /items, the array has 3 elements"],
        [
          "GET /list: \"items\" is no JSON Pointer: it is not empty and does not begin with \"/\" (RFC 6901)"
        ],
        [
          "GET /list: the body is no Page",
          "  reason    at /items/0: expected a string, found 1",
        ],
        [
          "GET /bytes: the body is not JSON",
          "  reason    line 1, column 1 (byte 0): expected a value, found the byte 0xF0",
        ],
      ])
  }

  @Test func `a long JSON value names the places that differ`() async throws {
    let texts = try await Self.texts { http in
      let exchange = try await http.get("/list")
      #expect(throws: (any Error).self) {
        try exchange.expectJSON("", equals: ["items": [1, 2, 4], "note": "\u{200B}e\u{301}\n"])
      }
    }
    #expect(
      texts.map { text in text.split(separator: "\n").prefix { !$0.contains("  request") } } == [
        [
          "GET /list: JSON at the root differs",
          "  at        /items/2", "  expected  4", "  actual    3",
          "  at        /note", "  expected  \"\\u{200B}e\u{301}\\n\"",
          "  actual    \"\\u{200B}é\\n\"",
          "  note      only the Unicode normalisation differs: U+0065 U+0301 and U+00E9",
        ]
      ])
  }

  @Test func `bodies are cut, and bytes are shown as such`() async throws {
    let texts = try await Self.texts { http in
      let bytes = try await http.post("/bytes", .bytes([0xff, 0x00]))
      #expect(throws: (any Error).self) { try bytes.expect(status: .created) }
      try await http.get("/nothing").expect(status: .ok)
    }
    #expect(
      texts == [
        """
        POST /bytes: status 200, expected 201
          request   POST /bytes
                    Content-Type: application/octet-stream
                    Content-Length: 2
          response  200 OK
                    Content-Type: application/octet-stream
          body      application/octet-stream, 40 bytes: not UTF-8: \
        f0 f1 f2 f3 f4 f5 f6 f7 f8 f9 fa fb fc fd fe ff … (+24 bytes)
          repeat    curl -i -X POST -H 'Content-Type: application/octet-stream' "$SERVICE/bytes" \
        # without the body of 2 bytes, of which nothing had been sent
        """,
        """
        GET /nothing: status 404, expected 200
          request   GET /nothing
          response  404 Not Found
                    Content-Type: text/plain; charset=utf-8
          body      text/plain; charset=utf-8, 600 bytes: \
        \(String(repeating: "no such thing. ", count: 26))no such th… (+200 bytes)
          repeat    curl -i "$SERVICE/nothing"
        """,
      ])
  }

  @Test func `a request that cannot be sent`() async throws {
    let texts = try await failureTexts {
      _ = try? await HTTPDriver("127.0.0.1:80").get("/")
      _ = try? await HTTPDriver("http://127.0.0.1:80").get("orders")
      _ = try? await HTTPDriver("http://127.0.0.1:80").get("/a b")
      _ = try? await HTTPDriver("http://127.0.0.1:80").get("/?language=C#")
      try await withScriptedServer(ServerScript("", then: .hold)) { server in
        _ = try await HTTPDriver(server.address).post("/", .file("/nowhere"))
      }
    }
    #expect(
      texts.map { $0.split(separator: "\n").first ?? "" } == [
        """
        GET /: the address "127.0.0.1:80" cannot be used: write it like http://127.0.0.1:8080
        """,
        "GET orders: not sent: a path begins with \"/\"",
        """
        GET /a b: not sent: a path holds printable ASCII without spaces; percent-encode the rest
        """,
        """
        GET /?language=C#: not sent: a request carries no fragment (RFC 9112, section 3.2); write # as %23
        """,
        "POST /: no response: the request's body failed after 0 bytes: the file /nowhere cannot be read",
      ])
  }

  @Test func `a handler that throws`() async throws {
    struct OutOfStock: Error {}
    let texts = try await failureTexts {
      _ = try await HTTPDriver(.handler { _, _ in throw OutOfStock() }).get("/orders")
    }
    #expect(
      texts.map { $0.split(separator: "\n").first ?? "" } == [
        "GET /orders: no response: the handler threw OutOfStock()"
      ])
  }

  @Test func `a live exchange can be repeated`() async throws {
    try await withHTTPServer(Self.service) { server in
      let texts = try await failureTexts {
        try await HTTPDriver(server.address)
          .post("/orders", .json(["symbol": "BMFI"]), headers: [.authorization: "Bearer s3cret"])
          .expect(status: .created)
      }
      #expect(
        texts == [
          """
          POST /orders: status 404, expected 201
            request   POST \(server.address)/orders
                      Authorization: Bearer ***
                      Content-Type: application/json
                      Content-Length: 17
                      17 bytes: {"symbol":"BMFI"}
            response  404 Not Found
                      Content-Type: text/plain; charset=utf-8
                      Content-Length: 600
            body      text/plain; charset=utf-8, 600 bytes: \
          \(String(repeating: "no such thing. ", count: 26))no such th… (+200 bytes)
            repeat    curl -i -X POST -H "Authorization: Bearer $AUTHORIZATION" \
          -H 'Content-Type: application/json' --data-binary '{"symbol":"BMFI"}' \
          '\(server.address)/orders'
          """
        ])
    }
  }
}
