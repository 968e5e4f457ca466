import ProblemJSON
import XCTest

/// The twin of `ProblemSuite` in XCTest.
final class ProblemFailures: XCTestCase {
  static var allTests: [(String, (ProblemFailures) -> () throws -> Void)] {
    [("testLeakyError", { $0.testLeakyError })]
  }
}

extension ProblemFailures {
  func testLeakyError() throws {
    // The line below is the one that the failure must be shown at.
    let type = "https://example.com/problems/unknown-report"
    try expectProblem(leakyError, status: 404, type: type)
  }
}
