import ProblemJSON
import XCTest

/// The verb of this module under the other framework.
final class ExpectProblemXCTests: XCTestCase {
  func testGivesTheProblem() throws {
    let context = ProblemContext(
      status: 404, contentType: "application/problem+json",
      body: Array(#"{"title":"Not Found","status":404}"#.utf8))
    XCTAssertEqual(
      try expectProblem(context, status: 404, type: "about:blank").title, "Not Found")
  }
}
