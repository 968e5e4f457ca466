import HarnessLock
import Testing
import XCTest

/// Runs `body` and counts the failures that its test records meanwhile; what is recorded stays recorded.
///
/// `note` is added to each of them where the framework can take it, which is in Swift Testing alone. There an
/// expectation on a detached task is not seen: its issue belongs to no test.
package func withFailureWatch(
  note: String, _ body: @escaping @Sendable () async -> Void
) async -> (count: Int, isNoteAdded: Bool) {
  let count = Lock(0)
  guard let test = Test.current else {
    let observer = FailureObserver { count.withLock { $0 += 1 } }
    XCTestObservationCenter.shared.addTestObserver(observer)
    await body()
    XCTestObservationCenter.shared.removeTestObserver(observer)
    return (count.withLock { $0 }, false)
  }
  let trait: IssueHandlingTrait = .compactMapIssues { issue in
    guard issue.isFailure else { return issue }
    count.withLock { $0 += 1 }
    var issue = issue
    issue.comments.append(Comment(rawValue: note))
    return issue
  }
  do {
    try await trait.provideScope(for: test, testCase: Test.Case.current) { await body() }
  } catch {
    preconditionFailure("a body that does not throw threw \(error)")
  }
  return (count.withLock { $0 }, true)
}

/// Hears of the failures of XCTest.
private final class FailureObserver: NSObject, XCTestObservation, Sendable {
  private let hear: @Sendable () -> Void

  init(_ hear: @escaping @Sendable () -> Void) {
    self.hear = hear
  }

  #if canImport(Darwin)
    func testCase(_ testCase: XCTestCase, didRecord issue: XCTIssue) {
      hear()
    }
  #else
    func testCase(
      _ testCase: XCTestCase, didFailWithDescription description: String, inFile filePath: String?,
      atLine lineNumber: Int
    ) {
      hear()
    }
  #endif
}
