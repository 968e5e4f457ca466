import Testing
import Waiters

/// A test that hangs and ends when it is cancelled, and one that is not held up by it.
@Suite(.hangLimit(.milliseconds(500))) struct HangSuite {
  @Test func waits() async throws { try await HangScenario.waits() }
  @Test func isQuick() {}
}

/// A test that hangs for good, while another one runs.
@Suite struct StubbornHangSuite {
  @Test(.hangLimit(.seconds(2))) func isStubborn() async { await HangScenario.isStubborn() }
  @Test(.hangLimit(.seconds(60))) func another() async throws {
    _ = try await Mailbox<Int>("inbox").next(within: .seconds(60))
  }
}

/// A test that takes every thread from the pool.
@Suite(.hangLimit(.seconds(2))) struct BlockingHangSuite {
  @Test func blocksThePool() async { await HangScenario.blocksThePool() }
}
