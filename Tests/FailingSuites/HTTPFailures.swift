import HTTPDriver
import XCTest

/// The twin of `HTTPSuite` in XCTest.
final class HTTPFailures: XCTestCase {
  static var allTests: [(String, (HTTPFailures) -> () throws -> Void)] {
    [
      ("testStatus", asyncTest(testStatus)), ("testGathered", asyncTest(testGathered)),
      ("testStreamed", asyncTest(testStreamed)), ("testLacking", { $0.testLacking }),
      ("testSkipped", { $0.testSkipped }), ("testUnready", asyncTest(testUnready)),
      ("testStale", asyncTest(testStale)), ("testLate", asyncTest(testLate)),
    ]
  }

  private let http = HTTPDriver(.handler { _, _ in HTTPReply(.notFound, .text("nothing")) })
}

extension HTTPFailures {
  func testStatus() async throws {
    try await http.get("/reports/7").expect(status: .ok)
  }

  func testGathered() async throws {
    try await http.get("/reports/7").expectAll(
      { try $0.expect(status: .ok) }, { try $0.expectHeader("ETag") })
  }

  func testStreamed() async throws {
    try await http.stream(.get, "no path") { _ in }
  }

  func testLacking() throws {
    try http.require(.sockets)
  }

  func testSkipped() throws {
    try http.skipUnless(.sockets)
    XCTFail("not skipped")
  }

  func testUnready() async throws {
    try await withServiceProcess(
      "/bin/sh", listening: .portNumber, arguments: { _ in ["-c", "echo no port >&2; exit 3"] }
    ) { _ in }
  }

  func testStale() async throws {
    try await withHTTPConnectionPool(.memory(bytes: answerOnce)) { pooled in
      let http = HTTPDriver(pooled)
      _ = try await http.get("/orders")
      _ = try await http.post("/orders", .text("a"))
    }
  }

  func testLate() async throws {
    try await withHTTPConnectionPool(.memory(bytes: answerTwice)) { pooled in
      try await HTTPDriver(pooled).get("/orders?token=s3cret").expect(status: .ok)
    }
  }
}
