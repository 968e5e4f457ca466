import Waiters
import XCTest

/// The twin of `WaiterSuite` in XCTest.
final class WaiterFailures: XCTestCase {
  func testTimedOut() async throws {
    let inbox = Mailbox<Int>("inbox")
    try await withDeadline(.milliseconds(300), "boot") {
      _ = try await inbox.next()
    }
  }

  func testClosed() async throws {
    let inbox = Mailbox<Int>("inbox")
    inbox.close()
    _ = try await inbox.collect(count: 2)
  }

  func testCancelled() async throws {
    let started = Signal<Void>("started")
    let wait = Task { try await started.value() }
    wait.cancel()
    try await wait.value
  }

  func testDetached() async throws {
    let inbox = Mailbox<Int>("inbox")
    inbox.send(1)
    try await Task.detached {
      _ = try await inbox.first(within: .milliseconds(10)) { $0 == 2 }
    }.value
  }

  func testGateNobodyOpens() async throws {
    let gate = Gate("commit")
    try await withDeadline(.milliseconds(300)) {
      try await gate.pass()
    }
  }

  func testBesideAnother() async throws {
    let (accepted, stored) = (Signal<Void>("accepted"), Signal<Void>("stored"))
    try await withThrowingTaskGroup { group in
      group.addTask { try await stored.value() }
      group.addTask { try await accepted.value(within: .milliseconds(300)) }
      for try await _ in group {}
    }
  }

  static var allTests: [(String, (WaiterFailures) -> () throws -> Void)] {
    [
      ("testTimedOut", asyncTest(testTimedOut)),
      ("testClosed", asyncTest(testClosed)),
      ("testCancelled", asyncTest(testCancelled)),
      ("testDetached", asyncTest(testDetached)),
      ("testGateNobodyOpens", asyncTest(testGateNobodyOpens)),
      ("testBesideAnother", asyncTest(testBesideAnother)),
    ]
  }
}
