import HTTPDriver
import HarnessLoopback
import WSDriver
import XCTest

/// The verbs of a WebSocket under XCTest: they pass, fail once and throw as they do under Swift Testing.
final class SocketXCTests: XCTestCase {
  func testProgressIsFollowedToItsEnd() async throws {
    try await withWebSocketServer(progressService) { server in
      try await WSDriver(HTTPDriver(server.address)).connect("/ws/7") { socket in
        let progress = try await socket.collect(Progress.self, until: \.isTerminal)
        XCTAssertEqual(progress.count, 3)
        try await socket.expectClose(reason: "complete")
      }
    }
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

    func testAMissedMessageIsOneFailureAtItsLine() async throws {
      for medium in [WSMedium.memory, .tcp, .unixSocket] {
        caught = []
        var line: UInt = 0
        try await medium.serveEcho { transport in
          try await WSDriver(HTTPDriver(transport)).connect("/ws/7") { socket in
            line = #line + 1
            _ = try? await socket.next(within: .milliseconds(10))
          }
        }
        let failures = caught ?? []
        caught = nil
        XCTAssertEqual(failures.map(\.line), [Int(line)], medium.name)
        let text = failures.first?.text ?? ""
        XCTAssert(text.contains("WebSocket /ws/7: no message within "), text)
      }
    }

    func testARefusalIsOneFailureAtItsLine() async throws {
      for medium in [WSMedium.memory, .tcp, .unixSocket] {
        caught = []
        var line: UInt = 0
        try await medium.serveEcho(WSServer.Options { _ in .refuse(.notFound) }) { transport in
          line = #line + 1
          try? await WSDriver(HTTPDriver(transport)).connect("/ws/7") { _ in }
        }
        let failures = caught ?? []
        caught = nil
        XCTAssertEqual(failures.map(\.line), [Int(line)], medium.name)
        let text = failures.first?.text ?? ""
        XCTAssert(text.contains("GET /ws/7: no WebSocket: status 404, expected 101"), text)
      }
    }
  #endif
}
