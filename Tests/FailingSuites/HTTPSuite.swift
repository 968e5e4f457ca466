import HTTPDriver
import HarnessLock
import Testing

/// Failures of exchanges, in Swift Testing.
@Suite struct HTTPSuite {
  private let http = HTTPDriver(.handler { _, _ in HTTPReply(.notFound, .text("nothing")) })

  @Test func status() async throws {
    try await http.get("/reports/7").expect(status: .ok)
  }

  @Test func gathered() async throws {
    try await http.get("/reports/7").expectAll(
      { try $0.expect(status: .ok) }, { try $0.expectHeader("ETag") })
  }

  @Test func streamed() async throws {
    try await http.stream(.get, "no path") { _ in }
  }

  @Test func lacking() throws {
    try http.require(.sockets)
  }

  @Test func skipped() throws {
    try http.skipUnless(.sockets)
    Issue.record("not skipped")
  }

  @Test func unready() async throws {
    try await withServiceProcess(
      "/bin/sh", listening: .portNumber, arguments: { _ in ["-c", "echo no port >&2; exit 3"] }
    ) { _ in }
  }

  @Test func stale() async throws {
    try await withHTTPConnectionPool(.memory(bytes: answerOnce)) { pooled in
      let http = HTTPDriver(pooled)
      _ = try await http.get("/orders")
      _ = try await http.post("/orders", .text("a"))
    }
  }

  @Test func late() async throws {
    try await withHTTPConnectionPool(.memory(bytes: answerTwice)) { pooled in
      try await HTTPDriver(pooled).get("/orders?token=s3cret").expect(status: .ok)
    }
  }
}

/// Answers each request, and adds the beginning of an answer that nobody asked for.
func answerTwice(_ stream: ByteStream) {
  stream.start { event in
    guard case .bytes = event else { return }
    stream.write(Array("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 408\r\n".utf8))
  }
}

/// Answers the first request of a connection, and closes it when the second one comes.
func answerOnce(_ stream: ByteStream) {
  let hasAnswered = Lock(false)
  stream.start { event in
    guard case .bytes = event else { return }
    let isSecond = hasAnswered.withLock { hasAnswered in
      defer { hasAnswered = true }
      return hasAnswered
    }
    if isSecond { return stream.close() }
    stream.write(Array("HTTP/1.1 204 No Content\r\n\r\n".utf8))
  }
}
