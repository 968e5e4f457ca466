import HTTPDriver
import XCTest

/// The driver's verbs under XCTest: they pass, fail once and throw as they do under Swift Testing.
final class DriverXCTests: XCTestCase {
  private let http = HTTPDriver(.handler { _, _ in HTTPReply(.ok, .json(["id": 7])) })

  func testAChainOfExpectationsPasses() async throws {
    try await http.get("/")
      .expect(status: .ok)
      .expectMediaType("application/json")
      .expectJSON("/id", equals: 7)
  }

  #if !canImport(Darwin)
    // `XCTExpectFailure` does not exist here, so the failures are caught on their way to the report.
    private var caught: [(text: String, line: Int)]?

    override func recordFailure(
      withDescription description: String, inFile file: String, atLine line: Int,
      expected: Bool
    ) {
      guard caught != nil else {
        return super.recordFailure(
          withDescription: description, inFile: file, atLine: line, expected: expected)
      }
      caught?.append((description, line))
    }

    func testADifferenceIsOneFailureAtItsLine() async throws {
      let exchange = try await http.get("/")
      caught = []
      mustThrow { try exchange.expect(status: .created) }
      let line = #line - 1
      let failures = caught ?? []
      caught = nil
      XCTAssertEqual(failures.map(\.line), [line])
      let text = failures.first?.text ?? ""
      XCTAssert(text.contains("GET /: status 200, expected 201\n"), text)
    }

    func testAKeptConnectionThatTheServerClosedIsOneFailureAtItsLine() async throws {
      let server = ScriptedConnections([.ok, .close])
      try await withHTTPConnectionPool(.memory(bytes: server.accept), idleTimeout: .seconds(3_600))
      { pooled in
        let http = HTTPDriver(pooled)
        _ = try await http.get("/")
        caught = []
        let line = #line + 2
        do {
          _ = try await http.post("/")
          XCTFail("nothing was thrown")
        } catch {}
        let failures = caught ?? []
        caught = nil
        XCTAssertEqual(failures.map(\.line), [line])
        let text = failures.first?.text ?? ""
        XCTAssert(
          text.contains("POST /: no response: the server closed connection 1, which was kept"), text
        )
      }
    }

    private func mustThrow(_ body: () throws -> some Any) {
      do {
        _ = try body()
        XCTFail("nothing was thrown")
      } catch {}
    }
  #endif
}
