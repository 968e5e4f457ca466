import HarnessLock
import Testing
import XCTest

/// Runs `body` and watches for failures that its test records meanwhile; what is recorded stays recorded.
///
/// `note` is asked at the first of them, gives what is handed back, and is added to each of them where the framework
/// can take it, which is in Swift Testing alone. There an expectation on a detached task is not seen: its issue
/// belongs to no test.
package func withFailureWatch(
  note: @escaping @Sendable () -> String, _ body: @escaping @Sendable () async -> Void
) async -> (note: String?, isNoteAdded: Bool) {
  let first = Lock<String?>(nil)
  // Outside of the lock: the note may be somebody else's code.
  let hear: @Sendable () -> String = {
    if let text = first.withLock({ $0 }) { return text }
    let text = note()
    return first.withLock { first in
      let kept = first ?? text
      first = kept
      return kept
    }
  }
  guard let test = Test.current else {
    let observer = FailureObserver { _ = hear() }
    XCTestObservationCenter.shared.addTestObserver(observer)
    await body()
    XCTestObservationCenter.shared.removeTestObserver(observer)
    return (first.withLock { $0 }, false)
  }
  let trait: IssueHandlingTrait = .compactMapIssues { issue in
    guard issue.isFailure else { return issue }
    var issue = issue
    issue.comments.append(Comment(rawValue: hear()))
    return issue
  }
  do {
    try await trait.provideScope(for: test, testCase: Test.Case.current) { await body() }
  } catch {
    preconditionFailure("a body that does not throw threw \(error)")
  }
  return (first.withLock { $0 }, true)
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
