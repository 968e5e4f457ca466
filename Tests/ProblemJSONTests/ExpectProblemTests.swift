import HarnessTestSupport
import ProblemJSON
import Testing

@Suite struct `Expecting a problem` {
  static let context = ProblemContext(
    status: 404, contentType: "application/problem+json",
    body: Array(
      ##"{"type":"https://example.com/problems/unknown-report","title":"Unknown report","##.utf8)
      + Array(##""status":404,"detail":"No report r-9.","errors":[{"pointer":"#/id"}]}"##.utf8))

  @Test func `gives the problem that was expected`() throws {
    let problem = try expectProblem(
      Self.context, status: 404, type: "https://example.com/problems/unknown-report"
    ) {
      $0.title("Unknown report")
      $0.detail(mentions: "r-9")
      $0.error(at: "/id")
    }
    #expect(problem.detail == "No report r-9.")
  }

  @Test func `passes with advice and with tolerated rules`() throws {
    let body = #"{"type":"unknown-report","report-id":7}"#
    try expectProblem(
      ProblemContext(
        status: 404, contentType: "application/problem+json", body: Array(body.utf8)),
      status: 404, type: "unknown-report"
    ) {
      $0.tolerate(.extensionNames)
      $0.member("report-id", 7.0)
    }
  }

  @Test func `tells all that the test expected otherwise`() {
    let verdict = ProblemVerdict(checking: Self.context, status: 410, type: "about:blank") {
      $0.title("Gone")
      $0.detail("No report.")
      $0.detail(mentions: "r-8")
      $0.instance("/reports/9")
      $0.member("retry", true)
      $0.error(at: "#/name")
    }
    #expect(!verdict.isPassed)
    #expect(
      verdict.findings.map(\.description).joined(separator: "\n") == ##"""
        status 404, expected 410
        P04  /type: not the expected problem (must, RFC 9457, section 3.1.1)
          expected  "about:blank"
          actual    "https://example.com/problems/unknown-report"
        /title: not what the test expects
          expected  "Gone"
          actual    "Unknown report"
        /detail: not what the test expects
          expected  "No report."
          actual    "No report r-9."
        /detail: the detail does not mention it
          expected  "r-8"
          actual    "No report r-9."
        /instance: not what the test expects
          expected  "/reports/9"
          actual    nothing
        /retry: not what the test expects
          expected  true
          actual    nothing
        /errors: no error has this pointer
          expected  "#/name"
          actual    ["#/id"]
        """##)
  }

  @Test func `compares types where they lead to`() throws {
    var context = ProblemContext(
      status: 404, contentType: "application/problem+json", body: Array(#"{"type":"../p"}"#.utf8),
      url: "https://example.com/orders/7")
    try expectProblem(context, status: 404, type: "https://example.com/p")
    try expectProblem(context, status: 404, type: "/p")
    context.url = nil
    #expect(!ProblemVerdict(checking: context, status: 404, type: "/p").isPassed)
  }

  @Test func `allows leaks for a reason, and tells when there are none`() throws {
    let body = #"{"type":"/p","debug":{"sql":"SELECT 1 FROM t"},"detail":"see /etc/passwd"}"#
    let context = ProblemContext(
      status: 500, contentType: "application/problem+json", body: Array(body.utf8))
    let verdict = ProblemVerdict(checking: context, status: 500, type: "/p") {
      $0.allowLeak(at: "/debug", because: "this is the development server")
      $0.allowLeak(at: "/title", because: "it was wrong once")
    }
    #expect(
      verdict.findings.map(\.description).joined(separator: "\n") == """
        P23  /detail: probably a path of the file system (should, RFC 9457, section 5)
          actual    "/etc/passwd"
        /title: the test allows a leak here, and there is none
          expected  a leak, because: it was wrong once
        """)
  }

  @Test func `says that an error says something else`() {
    let verdict = ProblemVerdict(
      checking: Self.context, status: 404, type: "https://example.com/problems/unknown-report"
    ) {
      $0.error(at: "#/id", message: "is unknown")
      $0.error(at: "id")
    }
    #expect(
      verdict.findings.map(\.description).joined(separator: "\n") == """
        /errors/0: the error says something else
          expected  "is unknown"
          actual    nothing
        /errors: the test's own pointer is none: "id" is no JSON Pointer: it is not empty and does not \
        begin with "/" (RFC 6901)
        """)
  }

  @Test func `cuts the body at 4 KiB`() {
    let body = "{\"detail\":\"" + String(repeating: "x", count: 5_000) + "\"}"
    let verdict = ProblemVerdict(
      checking: ProblemContext(
        status: 400, contentType: "application/problem+json", body: Array(body.utf8)))
    #expect(
      verdict.description == "  body  status 400, application/problem+json, 5013 bytes:\n    "
        + body.prefix(4_096) + "… (+917 bytes)")
  }

  @Test func `needs a problem document whatever it tolerates`() {
    let verdict = ProblemVerdict(
      checking: ProblemContext(status: 404, contentType: "text/plain", body: Array("none".utf8)),
      status: 404, type: "about:blank"
    ) {
      $0.tolerate(.object)
      $0.tolerate(.mediaType)
    }
    #expect(!verdict.isPassed)
    #expect(verdict.findings.map(\.rule) == [.mediaType, .object])
  }

  @Test(.timeLimit(.minutes(15))) func `bounds what a hostile body can make of a message`() {
    // Each name twice; in the time limit only because they are counted once.
    let members = (0..<20_000).flatMap { index in
      let name = "n\(index)" + String(repeating: "-", count: index == 0 ? 1_000 : 0)
      return [JSONObject.Member(name: name, value: 1), .init(name: name, value: 1)]
    }
    let text = JSONValue.object(JSONObject(members)).compactText
    let verdict = ProblemVerdict(
      checking: ProblemContext(
        status: 400, contentType: "application/problem+json", body: Array(text.utf8)))
    let lines = verdict.findingsText.split(separator: "\n")
    #expect(lines.count == 51)
    #expect(lines.last == "  … (+\(verdict.findings.count - 50) findings)")
    #expect(lines.allSatisfy { $0.utf8.count < 500 })
  }

  @Test(arguments: [
    (#"{"authorization":"Bearer abc.def.123"}"#, #"{"authorization":"***"}"#),
    (
      #"{"detail":"sent Authorization: Basic dXNlcjpwYXNz"}"#,
      #"{"detail":"sent Authorization: ***"}"#
    ),
    (#"{"detail":"Bearer eyJhbGciOi.J9.x-_ is old"}"#, #"{"detail":"Bearer *** is old"}"#),
    (
      #"{"detail":"Bearer authentication is needed"}"#,
      #"{"detail":"Bearer authentication is needed"}"#
    ),
    (#"{"detail":"Set-Cookie: id=7; Secure\nmore"}"#, #"{"detail":"Set-Cookie: ***\nmore"}"#),
    (#"{"client_secret": "a\"b", "x": 1}"#, #"{"client_secret": "***", "x": 1}"#),
    (#"{"detail":"{\"token\":\"t-1\",\"a\":1}"}"#, #"{"detail":"{\"token\":\"***\",\"a\":1}"}"#),
    (
      #"{"detail":"postgres://app:s3cr@t@db:5432/x"}"#,
      #"{"detail":"postgres://app:***@db:5432/x"}"#
    ),
    (#"{"detail":"?api_key=k1&page=2"}"#, #"{"detail":"?api_key=***&page=2"}"#),
    (#"{"errors":{"password":["too short"]}}"#, #"{"errors":{"password":["too short"]}}"#),
    (#"{"detail":"wrong password: try again"}"#, #"{"detail":"wrong password: try again"}"#),
    (
      #"{"tokens":3,"token":3,"a":"https://x.org:80/"}"#,
      #"{"tokens":3,"token":3,"a":"https://x.org:80/"}"#
    ),
    (#"{"password":""#, #"{"password":""#), (#"{"password":"x\"#, #"{"password":"***"#),
    ("password", "password"), ("://", "://"),
  ])
  func `masks secrets in the body and in values`(_ body: String, _ shown: String) {
    let context = ProblemContext(
      status: 400, contentType: "application/problem+json", body: Array(body.utf8))
    let verdict = ProblemVerdict(checking: context, status: 400, type: "about:blank") {
      $0.title("x")
    }
    #expect(verdict.description.hasSuffix(" bytes:\n    \(shown)"))
  }

  @Test func `masks secrets in findings`() {
    let body = #"{"title":"Bad Request","detail":"password=hunter2"}"#
    let context = ProblemContext(
      status: 400, contentType: "application/problem+json", body: Array(body.utf8))
    let verdict = ProblemVerdict(checking: context, status: 400, type: "about:blank") {
      $0.detail("none")
    }
    #expect(!verdict.description.contains("hunter2"))
    #expect(verdict.findingsText.contains(#"actual    "password=***""#))
  }

  @Test(arguments: FailingRun.Framework.allCases)
  func `is one failure at the caller's line`(_ framework: FailingRun.Framework) async throws {
    let isXCTest = framework == .xctest
    let run = try await FailingRun.of(isXCTest ? "ProblemFailures" : "ProblemSuite", framework)
    let leak = #"0 [ra] 0x0000559c0f3a1b2c Store.find + 12 in App at /app/Store.swift:3:4"#
    #expect(
      run.issues == [
        .init(
          test: isXCTest ? "ProblemFailures.testLeakyError" : "leakyError()",
          place: isXCTest ? "ProblemFailures.swift:15" : "ProblemSuite.swift:17",
          message: """
            expected a problem, status 404, https://example.com/problems/unknown-report
              status 500, expected 404
              P04  /type: not the expected problem (must, RFC 9457, section 3.1.1)
                expected  "https://example.com/problems/unknown-report"
                actual    "about:blank"
              P22  /detail: certainly a Swift stack trace (should, RFC 9457, section 5)
                actual    "\(leak)"
              body  status 500, application/problem+json, 131 bytes:
                {"title":"Internal Server Error","status":500,
                "detail":"\(leak)"}
            """)
      ])
    #expect(run.hasFailed)
  }
}
