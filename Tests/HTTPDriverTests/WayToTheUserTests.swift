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
      ("status", (9, 19), "GET /reports/7: status 404, expected 200\n\(exchange)"),
      (
        "gathered", (13, 23),
        """
        GET /reports/7: 2 of 2 expectations differ
          - status 404, expected 200
          - no header field ETag
        \(exchange)
        """
      ),
      (
        "streamed", (18, 28),
        """
        GET no path: not sent: a path begins with "/"
          request   GET no path
          repeat    curl -i "$SERVICEno path"
        """
      ),
      (
        "lacking", (22, 32),
        """
        the transport handler lacks what this test needs: sockets
          it has    informational, trailers, serviceSightings
        """
      ),
      (
        "unready", (31, 41),
        """
        sh: ended with exit status 3 before it was ready
          error     no port
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
  }
}
