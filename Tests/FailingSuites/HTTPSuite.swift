import HTTPDriver
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
}
