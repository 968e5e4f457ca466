import GoldenFiles
import HarnessXML
import ProblemJSON
import Testing

/// The code of the landing page, as it stands there.
@Suite struct `The article on XML` {
  @Test func `begins with what is used most`() throws {
    let body = """
      <feed><updated>2025-06-24T10:30:00Z</updated>
        <entry id="7" lang="en"><title>Daily report</title></entry></feed>
      """
    let tree = try XMLTree(parsing: Array(body.utf8))
    try expectGolden(
      tree, as: .xml, named: "feed", rules: [.timestamp("/feed/updated"), .any("/feed/entry/@id")])
    #expect(try tree.matches("//entry[@lang='en']/title").map(\.string) == ["Daily report"])
  }

  @Test func `checks a problem`() throws {
    let context = ProblemContext(
      status: 403, contentType: "application/problem+xml",
      body: Array(`A problem in XML`.example.utf8))
    try expectXMLProblem(context, status: 403, type: "https://example.com/probs/out-of-credit") {
      $0.member("balance", "30")
    }
  }
}
