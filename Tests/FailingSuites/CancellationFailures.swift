import Waiters
import XCTest

/// The twin of `CancellationSuite` in XCTest.
final class CancellationFailures: XCTestCase {
  func testSwept() async throws {
    // The line below is the one that the failure must be shown at.
    try await sweepCancellation("a save", within: .seconds(1)) { lab in
      try await CancelledStore(lab: lab).save()
    }
  }

  func testSwallowed() async throws {
    let gate = Gate("commit")
    let end = try await cancel(at: gate) {
      try? await gate.pass()
      return "saved"
    }
    try end.expectCancelled()
  }

  func testUnfinished() async throws {
    let gate = Gate("commit")
    let reply = Signal<Void>("reply")
    let end = try await cancel(at: gate, within: .seconds(1)) {
      try? await gate.pass()
      await Task { _ = await reply.outcome() }.value
    }
    try end.expectCancelled()
  }

  func testNotReached() async throws {
    let gate = Gate("commit")
    _ = try await cancel(at: gate) {}
  }

  func testStuck() async throws {
    let gate = Gate("commit")
    let reply = Signal<Void>("reply")
    try await withDeadline(.seconds(1)) {
      _ = try await cancel(at: gate) { _ = await reply.outcome(within: .seconds(5)) }
    }
  }

  func testOpen() async throws {
    let gate = Gate("commit")
    gate.openForever()
    _ = try await cancel(at: gate) { try await gate.pass() }
  }

  static var allTests: [(String, (CancellationFailures) -> () throws -> Void)] {
    [
      ("testSwept", asyncTest(testSwept)),
      ("testSwallowed", asyncTest(testSwallowed)),
      ("testUnfinished", asyncTest(testUnfinished)),
      ("testNotReached", asyncTest(testNotReached)),
      ("testStuck", asyncTest(testStuck)),
      ("testOpen", asyncTest(testOpen)),
    ]
  }
}
