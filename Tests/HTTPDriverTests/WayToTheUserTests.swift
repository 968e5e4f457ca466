import Foundation
import HarnessTestSupport
import Testing

@Suite struct `Failures of exchanges` {
  @Test(arguments: FailingRun.Framework.allCases)
  func `are each one failure at the caller's line`(_ framework: FailingRun.Framework) async throws {
    let isXCTest = framework == .xctest
    let run = try await FailingRun.of(isXCTest ? "HTTPFailures" : "HTTPSuite", framework)
    let exchange = """
        request   GET /reports/7
        response  404 Not Found
                  Content-Type: text/plain; charset=utf-8
        body      text/plain; charset=utf-8, 7 bytes: nothing
        repeat    curl -i "$SERVICE/reports/7"
      """
    let expected: [(String, (Int, Int), String)] = [
      ("status", (10, 20), "GET /reports/7: status 404, expected 200\n\(exchange)"),
      (
        "gathered", (14, 24),
        """
        GET /reports/7: 2 of 2 expectations differ
          - status 404, expected 200
          - no header field ETag
        \(exchange)
        """
      ),
      (
        "streamed", (19, 29),
        """
        GET no path: not sent: a path begins with "/"
          request   GET no path
          repeat    curl -i "$SERVICEno path"
        """
      ),
      (
        "lacking", (23, 33),
        """
        the transport handler lacks what this test needs: sockets
          it has    informational, trailers, serviceSightings
        """
      ),
      (
        "unready", (32, 42),
        """
        sh: ended with exit status 3 before it was ready
          error     no port
        """
      ),
      (
        "stale", (41, 51),
        """
        POST /orders: no response: the server closed connection 1, which was kept after 1 exchange; \
        POST is not idempotent, so it is not sent again (RFC 9110, section 9.2.2)
          request   POST /orders
                    Content-Type: text/plain; charset=utf-8
                    Content-Length: 1
                    1 byte: a
          over      connection 1, which had carried 1 exchange
          repeat    curl -i -X POST -H 'Content-Type: text/plain; charset=utf-8' --data-binary 'a' "$SERVICE/orders"
        """
      ),
    ]
    for (name, lines, text) in expected {
      let test = isXCTest ? "HTTPFailures.test\(name.capitalized)" : "\(name)()"
      let place = isXCTest ? "HTTPFailures.swift:\(lines.1)" : "HTTPSuite.swift:\(lines.0)"
      let issues = run.issues(of: test).map { issue in
        // The numbers of the files of evidence depend on what else has failed.
        let kept = issue.message.split(separator: "\n").filter { !$0.hasPrefix("  evidence  ") }
        return FailingRun.RecordedIssue(
          test: issue.test, place: issue.place, message: kept.joined(separator: "\n"))
      }
      #expect(issues == [.init(test: test, place: place, message: text)])
    }
    #expect(run.issues.count == expected.count, "\(run.output)")
    #expect(run.output.contains("lacks what this test needs: sockets"))
    #expect(!run.output.contains("not skipped"))
    // What fails nothing is told all the same; XCTest, which has no warnings, has a line on standard error.
    let late = run.output.split(separator: "\n", omittingEmptySubsequences: false)
      .drop { !$0.contains(isXCTest ? "HTTPFailures.swift:56: note: " : "Test late() recorded a") }
    let text = """
      memory, pooled: the server sent bytes that belong to no answer, and each connection was closed for it
        late      behind GET /orders?token=***, connection 1, 14 bytes: HTTP/1.1 408\\r\\n
      """
    if isXCTest {
      let note = late.prefix(2).joined(separator: "\n")
      #expect(note.drop { $0 != " " } == " note: \(text)")
    } else {
      #expect(late.first?.contains(" a warning at HTTPSuite.swift:46:") == true)
      let lines = late.dropFirst().prefix(2)
      #expect(lines.map { $0.drop { "↳ ".contains($0) } }.joined(separator: "\n  ") == text)
    }
  }
}
