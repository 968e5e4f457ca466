import Foundation
import GoldenFiles
import HarnessJSON
import HarnessTestSupport
import HarnessXML
import ProblemJSON
import Testing

@Suite struct `A problem in XML` {
  /// Source: RFC 9457, appendix B.
  static let example = """
    <?xml version="1.0" encoding="UTF-8"?>
    <problem xmlns="urn:ietf:rfc:7807">
      <type>https://example.com/probs/out-of-credit</type>
      <title>You do not have enough credit.</title>
      <detail>Your current balance is 30, but that costs 50.</detail>
      <instance>https://example.net/account/12345/msgs/abc</instance>
      <balance>30</balance>
      <accounts>
        <i>https://example.net/account/12345</i>
        <i>https://example.net/account/67890</i>
      </accounts>
    </problem>
    """

  private func context(_ body: String, type: String = "application/problem+xml") -> ProblemContext {
    ProblemContext(status: 403, contentType: type, body: Array(body.utf8))
  }

  @Test func `is read as in the example of RFC 9457`() throws {
    let problem = try expectXMLProblem(
      context(Self.example), status: 403, type: "https://example.com/probs/out-of-credit"
    ) {
      $0.strictness = .advice
      $0.title("You do not have enough credit.")
      $0.member("balance", "30")
      $0.member(
        "accounts", ["https://example.net/account/12345", "https://example.net/account/67890"])
    }
    #expect(problem.instance == "https://example.net/account/12345/msgs/abc")
  }

  @Test func `keeps what XML can keep, and tells the rest`() throws {
    let problem = Problem(
      type: "/p", title: "a & b", status: 400,
      extensions: JSONObject([
        .init(name: "list", value: ["x", ["y"]]), .init(name: "map", value: ["key": "v"]),
        .init(name: "number", value: 1.50), .init(name: "flag", value: true),
        .init(name: "none", value: .null), .init(name: "empty", value: []),
      ]))
    let tree = try XMLProblem.write(problem)
    let reading = XMLProblem.read(Array(tree.prettyText.utf8))
    #expect(reading.findings.isEmpty)
    let back = try #require(reading.problem)
    #expect(back.title == "a & b")
    #expect(back.status == 400)
    #expect(back["list"] == ["x", ["y"]])
    #expect(back["map"] == ["key": "v"])
    #expect(back["number"] == "1.5")
    #expect(back["empty"] == "")
    #expect(
      XMLProblem.losses(of: problem).map(\.description) == [
        "/number: a number becomes a text", "/flag: a Boolean becomes a text",
        "/none: null becomes an empty text", "/empty: an empty array becomes an empty text",
      ])
    #expect(XMLProblem.losses(of: back).isEmpty)
  }

  @Test func `is not written with names that no element can have`() {
    let problem = Problem(
      extensions: JSONObject([.init(name: "map", value: ["a b": 1])]))
    #expect(throws: XMLProblemError.self) { try XMLProblem.write(problem) }
  }

  static let broken: [(String, String, String)] = [
    ("P27", "<problem/>", "the root is not that of a problem document"),
    (
      "P28",
      #"<problem xmlns="urn:ietf:rfc:7807"><type>/p</type><x xmlns="urn:x"/></problem>"#,
      "the element is in another namespace, and left out"
    ),
    (
      "P29",
      #"<problem xmlns="urn:ietf:rfc:7807"><type>/p</type><list><i>1</i><j>2</j></list></problem>"#,
      "an array has elements i alone, and an object none of that name"
    ),
  ]

  @Test(arguments: broken) func `breaks the rules of appendix B one at a time`(
    _ rule: String, _ body: String, _ message: String
  ) {
    let verdict = XMLProblem.read(Array(body.utf8))
    #expect(verdict.findings.map { $0.rule?.id } == [rule])
    #expect(verdict.findings.map(\.message) == [message])
  }

  /// The failures in both frameworks: one for each rule, and no other rule in it.
  @Test(arguments: FailingRun.Framework.allCases)
  func `fails a test by one rule at a time`(_ framework: FailingRun.Framework) async throws {
    let suite = framework == .xctest ? "XMLProblemFailures" : "XMLProblemSuite"
    let run = try await FailingRun.of(suite, framework)
    let told = run.issues.map { issue in
      issue.message.matches(of: #/(?m)^  (P[0-9]{2})  /#).map { String($0.output.1) }
    }
    #expect(told == [["P27"], ["P28"], ["P29"]])
    try expectGolden(
      run.issues.map(\.message).joined(separator: "\n\n") + "\n",
      named: "rules-\(framework.rawValue)")
  }

  @Test func `is no problem when it is not XML`() {
    let reading = XMLProblem.read(Array("{}".utf8))
    #expect(reading.problem == nil)
    #expect(reading.findings.map(\.rule) == [.object])
  }

  // MARK: Golden files

  @Test func `is a golden file`() throws {
    let tree = try XMLTree(parsing: Self.example)
    try expectGolden(
      tree, as: .xml, named: "problem",
      rules: [.regex("/problem/instance", "https://example.net/account/[0-9]+/msgs/[a-z]+")])
  }

  @Test(arguments: [
    ("<a x='1' y='2'/>", "<a y=\"2\" x=\"1\"></a>"),
    ("<a xmlns='urn:x'><b/></a>", "<p:a xmlns:p='urn:x'>\n  <p:b/>\n</p:a>"),
    ("<a>t</a>", "<a><![CDATA[t]]></a>"),
  ])
  func `means the same in another form`(_ one: String, _ other: String) throws {
    let comparison = XMLGolden().compare(
      try XMLTree(parsing: one), with: try XMLTree(parsing: other), rules: [])
    #expect(comparison.differences.map(\.description) == [])
  }

  @Test(arguments: [
    (
      "<a><b/><b>1</b></a>", "<a><b/><b>2</b></a>",
      """
      /a/b[2]
        expected  "2"
        actual    "1"
      """
    ),
    (
      "<a c='1'/>", "<a c='2'/>",
      """
      /a/@c
        expected  "2"
        actual    "1"
      """
    ),
    (
      "<a><b/><c/></a>", "<a><c/><b/></a>",
      """
      /a: the elements come in another order
        expected  c, b
        actual    b, c
      """
    ),
    (
      "<a xmlns='urn:x'/>", "<a xmlns='urn:y'/>",
      """
      /a/namespace()
        expected  "urn:y"
        actual    "urn:x"
      """
    ),
  ])
  func `differs in what it means`(_ actual: String, _ golden: String, _ finding: String) throws {
    let comparison = XMLGolden().compare(
      try XMLTree(parsing: actual), with: try XMLTree(parsing: golden), rules: [])
    #expect(comparison.differences.map(\.description) == [finding])
  }

  @Test func `is stored with placeholders`() throws {
    let tree = try XMLTree(parsing: "<a id='7'><b>1</b><b n='x'>2</b></a>")
    let comparison = XMLGolden().compare(
      tree, with: nil, rules: [.any("/a/@id"), .any("/a/b"), .any("/a/b[2]/text()")])
    #expect(comparison.violations.map(\.description) == [])
    #expect(
      comparison.candidate.prettyText == """
        <?xml version="1.0" encoding="UTF-8"?>
        <a id="&lt;any&gt;">
          <b>&lt;any&gt;</b>
          <b n="x">&lt;any&gt;</b>
        </a>

        """)
  }
}
