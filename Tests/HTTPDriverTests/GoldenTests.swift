import HTTPDriver
import HarnessLoopback
import Testing

@Suite struct `A golden body` {
  static let service: HTTPHandler = { request, _ in
    switch request.path {
    case "/report":
      HTTPReply(
        .ok,
        .json([
          "id": "0b9c8f3e-1d2a-4c5b-8e7f-6a5b4c3d2e1f", "title": "Daily report", "total": 7,
        ]))
    case "/other":
      HTTPReply(
        .ok,
        .json([
          "id": "0b9c8f3e-1d2a-4c5b-8e7f-6a5b4c3d2e1f", "title": "Weekly report", "total": 7,
        ]))
    case "/csv": HTTPReply(.ok, .text("a,b\n1,2\n", contentType: "text/csv; charset=utf-8"))
    default: HTTPReply(.ok, .bytes([1]))
    }
  }

  let http = HTTPDriver(.handler(service))

  @Test func `of JSON is compared by meaning`() async throws {
    try await http.get("/report")
      .expect(status: .ok)
      .expectGolden(named: "report", rules: [.uuid("/id")])
  }

  @Test func `of text is compared as text`() async throws {
    try await http.get("/csv").expectGolden(named: "table")
  }

  @Test func `that differs is one failure with the exchange`() async throws {
    let texts = try await failureTexts { [http] in
      try await http.get("/other").expectGolden(named: "a-report", rules: [.uuid("/id")])
    }
    // The lines between have paths that depend on where the tests run.
    let lines = (texts.first ?? "").split(separator: "\n").filter { !$0.contains("a-report") }
    #expect(
      lines.joined(separator: "\n") == """
          /title
            expected  "Daily report"
            actual    "Weekly report"
          or        UPDATE_GOLDEN=changed swift test
          request   GET /other
          response  200 OK
                    Content-Type: application/json
          body      application/json, 79 bytes: \
        {"id":"0b9c8f3e-1d2a-4c5b-8e7f-6a5b4c3d2e1f","title":"Weekly report","total":7}
          repeat    curl -i "$SERVICE/other"
        """)
    #expect(texts.first?.hasPrefix("GET /other: differs from the golden file ") == true)
    #expect(texts.count == 1)
  }

  @Test func `needs a media type that has a format`() async throws {
    let texts = try await failureTexts { [http] in
      try await http.get("/bytes").expectGolden(named: "bytes")
    }
    let text = texts.first?.split(separator: "\n").first ?? ""
    #expect(
      text
        == "GET /bytes: no golden file for a body of application/octet-stream, only for JSON and text"
    )
  }

  @Test func `of a whole response has status, chosen fields and body`() async throws {
    try await http.get("/report")
      .expectGolden(
        headers: ["Content-Type", "ETag"], named: "response", rules: [.uuid("/body/id")])
    try await http.get("/csv").expectGolden(headers: ["content-type"], named: "table-response")
    try await http.get("/bytes").expectGolden(headers: [], named: "bytes-response")
  }
}
