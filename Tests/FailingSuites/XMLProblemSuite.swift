import HarnessXML
import ProblemJSON
import Testing
import XCTest

/// A response for each rule of appendix B that breaks it.
private let brokenDocuments = [
  "<problem/>", #"<problem xmlns="urn:ietf:rfc:7807"><x xmlns="urn:x"/></problem>"#,
  #"<problem xmlns="urn:ietf:rfc:7807"><list><i>1</i><j>2</j></list></problem>"#,
]

private func expectProblems() {
  for document in brokenDocuments {
    let context = ProblemContext(
      status: 400, contentType: "application/problem+xml", body: Array(document.utf8))
    _ = try? expectXMLProblem(context, status: 400, type: "about:blank")
  }
}

/// Problems in XML, in Swift Testing.
@Suite struct XMLProblemSuite {
  @Test func rules() { expectProblems() }
}

/// The twin of `XMLProblemSuite` in XCTest.
final class XMLProblemFailures: XCTestCase {
  func testRules() { expectProblems() }

  static var allTests: [(String, (XMLProblemFailures) -> () throws -> Void)] {
    [("testRules", { $0.testRules })]
  }
}
