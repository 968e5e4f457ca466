import GoldenFiles
import HarnessTestSupport
import ProblemJSON
import Testing

@Suite struct `The rules of RFC 9457` {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    var status = 400
    var contentType: String? = "application/problem+json"
    var language: String?
    let body: String
    var request: String?
    var findings: String = ""
    var change: @Sendable (inout ProblemContext) -> Void = { _ in }

    var context: ProblemContext {
      var context = ProblemContext(
        status: status, contentType: contentType, contentLanguage: language,
        body: Array(body.utf8),
        request: request.map { .init(method: "POST", target: "/orders", body: Array($0.utf8)) })
      change(&context)
      return context
    }
  }

  static let kept = [
    Case(
      testDescription: "RFC 9457, section 3, out of credit", status: 403,
      body: """
        {
         "type": "https://example.com/probs/out-of-credit",
         "title": "You do not have enough credit.",
         "detail": "Your current balance is 30, but that costs 50.",
         "instance": "/account/12345/msgs/abc",
         "balance": 30,
         "accounts": ["/account/12345", "/account/67890"]
        }
        """),
    Case(
      testDescription: "RFC 9457, section 3, validation errors", status: 422,
      body: """
        {
         "type": "https://example.net/validation-error",
         "title": "Your request is not valid.",
         "errors": [
           {"detail": "must be a positive integer", "pointer": "#/age"},
           {"detail": "must be 'green', 'red' or 'blue'", "pointer": "#/profile/color"}
         ]
        }
        """, request: #"{"age": 42.3, "profile": {"color": "yellow"}}"#),
    Case(testDescription: "no member at all", body: "{}"),
    Case(
      testDescription: "parameters of the media type",
      contentType: "Application/Problem+JSON; charset=utf-8", body: "{}"),
    Case(
      testDescription: "a former phrase as the title", status: 422,
      body: #"{"title":"Unprocessable Entity"}"#),
    Case(
      testDescription: "a localised title", language: "de", body: #"{"title":"Falsche Anfrage"}"#),
    Case(
      testDescription: "a status that is no registered code", status: 499, body: #"{"title":"x"}"#),
    Case(
      testDescription: "a pointer to a missing member", status: 422,
      body: ##"{"type":"/p","errors":[{"pointer":"#/profile/color"}]}"##,
      request: #"{"profile":{}}"#),
    Case(
      testDescription: "a declared type, by a relative reference", status: 429,
      body: #"{"type":"/problems/quota","title":"Quota","limit":7}"#
    ) {
      $0.url = "https://example.com/orders/7"
      $0.retryAfter = "120"
      $0.types = ProblemTypes(
        [
          ProblemType(
            "https://example.com/problems/quota", title: "Quota", statuses: [429],
            members: ["limit"], needsRetryAfter: true)
        ], documentedBelow: ["https://example.com/problems/"])
    },
    Case(
      testDescription: "a date to try again", status: 503, body: "{}"
    ) { $0.retryAfter = "Fri, 31 Dec 1999 23:59:59 GMT" },
    Case(
      testDescription: "a declared title in another language", language: "fr",
      body: #"{"type":"/p","title":"Non"}"#
    ) { $0.types = ProblemTypes([ProblemType("/p", title: "No")]) },
    Case(
      testDescription: "a type of the registry",
      body: #"{"type":"https://iana.org/assignments/http-problem-types#date"}"#
    ) { $0.types = ProblemTypes([ProblemType("/p")]) },
    Case(
      testDescription: "a client that did not ask for problem documents", body: "{}"
    ) { $0.request = .init(method: "GET", target: "/", accept: "application/json, */*;q=0.1") },
    Case(
      testDescription: "errors of one type",
      body: #"{"type":"/p","errors":[{"type":"/a"},{"type":"/a"}]}"#),
    Case(
      testDescription: "a name that is one in XML", body: #"{"type":"/p","label":1}"#
    ) { $0.request = .init(method: "GET", target: "/", accept: "application/problem+xml") },
    Case(
      testDescription: "a type that begins with a slash",
      body: #"{"type":"/problems/out-of-stock"}"#),
  ]

  @Test(arguments: kept) func `are kept by`(_ example: Case) {
    let verdict = ProblemVerdict(checking: example.context)
    #expect(verdict.findings.map(\.description) == [])
    #expect(verdict.problem != nil)
  }

  static let broken = [
    Case(
      testDescription: "P01", contentType: "application/json; charset=utf-8", body: "{}",
      findings: """
        P01  the response is not marked as a problem document (must, RFC 9457, section 3)
          expected  Content-Type: application/problem+json
          actual    Content-Type: application/json; charset=utf-8
        """),
    Case(
      testDescription: "P01 without a field", contentType: nil, body: "{}",
      findings: """
        P01  the response is not marked as a problem document (must, RFC 9457, section 3)
          expected  Content-Type: application/problem+json
          actual    no Content-Type
        """),
    Case(
      testDescription: "P01 the other format", contentType: "application/problem+xml", body: "{}",
      findings: """
        P01  the response is marked as XML (must, RFC 9457, section 3)
          expected  Content-Type: application/problem+json
          actual    Content-Type: application/problem+xml
        """),
    Case(
      testDescription: "P02 an array", body: "[1]",
      findings: """
        P02  the body is no problem document: it is JSON, but no object (must, RFC 9457, section 3)
          actual    [1]
        """),
    Case(
      testDescription: "P02 no JSON", body: "{'type'}",
      findings: """
        P02  the body is no problem document: it is not JSON, line 1, column 2 (byte 1): expected a \
        member name or "}", found "'" (must, RFC 9457, section 3)
        """),
    Case(
      testDescription: "P02 a repeated name", body: #"{"detail":"a","detail":"b"}"#,
      findings: """
        P02  /detail: the member is written 2 times; clients differ in which they read (RFC 8259, \
        section 4) (should, RFC 9457, section 3)
        """),
    Case(
      testDescription: "P03", body: #"{"status":"400"}"#,
      findings: """
        P03  /status: the value has the wrong type, so a client must ignore it (must, RFC 9457, \
        section 3.1)
          expected  a number
          actual    "400"
        """),
    Case(
      testDescription: "P05", body: #"{"type":"out of stock"}"#,
      findings: """
        P05  /type: the value is no URI reference: it has the character U+0020 (must, RFC 9457, \
        section 3.1.1)
          actual    "out of stock"
        """),
    Case(
      testDescription: "P05 scheme", body: #"{"type":"1a:b"}"#,
      findings: """
        P05  /type: the value is no URI reference: "1a" is no scheme (must, RFC 9457, section 3.1.1)
          actual    "1a:b"
        """),
    Case(
      testDescription: "P07", body: #"{"type":"out-of-stock"}"#,
      findings: """
        P07  /type: a relative reference without a leading slash means something else on every path \
        (advice, RFC 9457, section 3.1.1)
          actual    "out-of-stock"
        """),
    Case(
      testDescription: "P08", body: #"{"status":404}"#,
      findings: """
        P08  /status: the member differs from the status of the response (must, RFC 9457, section 3.1.2)
          expected  400
          actual    404
        """),
    Case(
      testDescription: "P09", body: #"{"status":1000}"#,
      findings: """
        P09  /status: the status is no HTTP status code (must, RFC 9457, section 3.1.2)
          expected  an integer from 100 to 599
          actual    1000
        """),
    Case(
      testDescription: "P09 a fraction", body: #"{"status":400.5}"#,
      findings: """
        P09  /status: the status is no integer (must, RFC 9457, section 3.1.2)
          expected  an integer from 100 to 599
          actual    400.5
        """),
    Case(
      testDescription: "P13", body: #"{"instance":"/a%2"}"#,
      findings: """
        P13  /instance: the value is no URI reference: "%" is not followed by two hexadecimal digits \
        (must, RFC 9457, section 3.1.5)
          actual    "/a%2"
        """),
    Case(
      testDescription: "P16", body: #"{"invalid-params":[]}"#,
      findings: """
        P16  /invalid-params: the name cannot be used in every format: a letter, then letters, digits \
        and "_", three characters or more (should, RFC 9457, section 4)
        """),
    Case(
      testDescription: "P20", status: 404, body: #"{"title":"No such report"}"#,
      findings: """
        P20  /title: the title of an about:blank problem is not the phrase of its status (should, RFC \
        9457, section 4.2.1)
          expected  "Not Found"
          actual    "No such report"
        """),
    Case(
      testDescription: "P22", status: 500,
      body:
        #"{"detail":"0 [ra] 0x0000559c0f3a1b2c main + 12 in App at /app/Sources/App.swift:3:4"}"#,
      findings: """
        P22  /detail: certainly a Swift stack trace (should, RFC 9457, section 5)
          actual    "0 [ra] 0x0000559c0f3a1b2c main + 12 in App at /app/Sources/App.swift:3:4"
        """),
    Case(
      testDescription: "P26 a pointer that leads nowhere",
      body: ##"{"errors":[{"pointer":"#/age"},{"pointer":"#/people/0/age"}]}"##,
      request: #"{"age":1}"#,
      findings: """
        P26  /errors/1/pointer: the pointer leads nowhere in the request that was sent (should, RFC \
        9457, section 3)
          actual    "#/people/0/age"
        """),
    Case(
      testDescription: "P26 no pointer", body: #"{"errors":[{"pointer":"age"}]}"#,
      findings: """
        P26  /errors/0/pointer: "age" is no JSON Pointer: it is not empty and does not begin with "/" \
        (RFC 6901) (should, RFC 9457, section 3)
        """),
    Case(
      testDescription: "P26 no fragment", body: #"{"errors":[{"pointer":"/a b"}]}"#,
      findings: """
        P26  /errors/0/pointer: the pointer is not written as a URI fragment (RFC 6901, section 6) \
        (advice, RFC 9457, section 3)
          expected  "#/a%20b"
          actual    "/a b"
        """),
    Case(
      testDescription: "P30", status: 200, body: "{}",
      findings: """
        P30  a problem comes with a status that tells of no error (advice, RFC 9457, section 1)
          actual    200
        """),
  ]

  @Test(arguments: broken) func `are broken one by one`(_ example: Case) {
    let verdict = ProblemVerdict(checking: example.context)
    #expect(verdict.findings.map(\.description).joined(separator: "\n") == example.findings)
    #expect(verdict.isPassed == example.findings.contains("(advice, RFC 9457"))
  }

  @Test(arguments: ProblemBreach.all.indices) func `are broken one at a time`(_ index: Int) {
    let breach = ProblemBreach.all[index]
    let verdict = ProblemVerdict(
      checking: breach.context, status: breach.context.status, type: breach.expectedType)
    #expect(verdict.findings.map(\.rule) == [breach.rule])
    let isAdvice = verdict.findings.first?.strength == .advice
    #expect(verdict.isPassed == isAdvice)
  }

  @Test func `each have a response that breaks them`() {
    let inXML: Set<ProblemRule> = [.xmlRoot, .xmlNamespace, .xmlArrays]
    #expect(
      ProblemBreach.all.map(\.rule) == ProblemRule.all.filter { !inXML.contains($0) })
  }

  /// The failures in both frameworks: one for each rule, and no other rule in it.
  @Test(arguments: FailingRun.Framework.allCases)
  func `fail a test one at a time`(_ framework: FailingRun.Framework) async throws {
    let suite = framework == .xctest ? "ProblemRuleFailures" : "ProblemRuleSuite"
    let run = try await FailingRun.of(suite, framework)
    let told = run.issues.map { issue in
      issue.message.matches(of: #/(?m)^  (P[0-9]{2})  /#).map { String($0.output.1) }
    }
    #expect(told == ProblemBreach.all.map { [$0.rule.id] })
    try expectGolden(
      run.issues.map(\.message).joined(separator: "\n\n") + "\n",
      named: "rules-\(framework.rawValue)")
  }

  @Test(arguments: [
    ("", "text/html", "empty"),
    (" \n", "text/plain", "nothing but white space"),
    (
      "<!DOCTYPE html><title>502 Bad Gateway</title>", "text/html",
      #"an HTML page, "502 Bad Gateway""#
    ),
    ("<html>", "text/html", "an HTML page"),
    ("<?xml version=\"1.0\"?><error/>", "application/xml", "XML or HTML"),
    (
      "<problem xmlns=\"urn:ietf:rfc:7807\"/>", "application/problem+xml",
      "a problem document in XML, which HarnessXML reads"
    ),
    (
      #"{"error":true,"reason":"x"}"#, "application/json",
      #"Vapor's error form, {"error": true, "reason": …}"#
    ),
    (
      #"{"error":{"message":"x"}}"#, "application/json",
      #"an error form of its own, {"error": {"message": …}}, as Hummingbird writes"#
    ),
    (
      #"{"timestamp":"t","status":500,"error":"x","path":"/"}"#, "application/json",
      #"Spring Boot's error form, {"timestamp", "status", "error", "path"}"#
    ),
    (
      #"{"code":5,"message":"x","details":[]}"#, "application/json",
      #"gRPC's error form, {"code", "message", "details"}"#
    ),
    (
      #"{"error":"invalid_grant","error_description":"x"}"#, "application/json",
      #"OAuth's error form, {"error", "error_description"} (RFC 6749, section 5.2)"#
    ),
    (#"{"detail":[{"loc":[]}]}"#, "application/json", #"FastAPI's error form, {"detail": […]}"#),
    (#"{"message":"x"}"#, "application/json", #"an error form of its own, {"message": …}"#),
    (
      #"{"errors":[{"message":"x"}]}"#, "application/json",
      #"a list of errors, {"errors": […]}, as JSON:API and GraphQL write"#
    ),
  ])
  func `say what a foreign body is`(_ body: String, _ contentType: String, _ kind: String) throws {
    let verdict = ProblemVerdict(
      checking: ProblemContext(status: 500, contentType: contentType, body: Array(body.utf8)))
    #expect(verdict.problem == nil)
    let finding = try #require(verdict.findings.last)
    #expect(finding.message == "the body is no problem document: it is \(kind)")
  }
}
