import HarnessTestSupport
import ProblemJSON
import Testing
import XCTest

/// A response for each rule that breaks it, and nothing else.
private func expectNothingWrong(_ breach: ProblemBreach) throws {
  try expectProblem(breach.context, status: breach.context.status, type: breach.expectedType) {
    $0.strictness = .advice
  }
}

/// Each rule broken by itself, in Swift Testing.
@Suite(.serialized) struct ProblemRuleSuite {
  @Test func rules() {
    for breach in ProblemBreach.all { try? expectNothingWrong(breach) }
  }
}

/// The twin of `ProblemRuleSuite` in XCTest.
final class ProblemRuleFailures: XCTestCase {
  func testRules() {
    for breach in ProblemBreach.all { try? expectNothingWrong(breach) }
  }

  static var allTests: [(String, (ProblemRuleFailures) -> () throws -> Void)] {
    [("testRules", { $0.testRules })]
  }
}
