import Waiters
import XCTest

/// Every wait that can fail a test, as an XCTest suite uses it.
final class WaitersXCTests: XCTestCase {
  override func invokeTest() {
    withHangLimit(.seconds(60), name) { super.invokeTest() }
  }

  func testWaitsGiveWhatIsSent() async throws {
    let inbox = Mailbox<Int>("inbox")
    for number in 1...6 { inbox.send(number) }
    let next = try await inbox.next()
    let even = try await inbox.first { $0.isMultiple(of: 2) }
    let two = try await inbox.collect(count: 2)
    let rest = try await inbox.collect(until: { $0 == 6 })
    XCTAssertEqual([next, even] + two + rest, [1, 2, 3, 4, 5, 6])
  }

  func testSignalGivesItsValue() async throws {
    let started = Signal<Int>("started")
    started.send(8080)
    let port = try await started.value()
    XCTAssertEqual(port, 8080)
  }

  func testGateHoldsACallerAndLetsItGo() async throws {
    let gate = Gate("gate")
    async let passed: Void = gate.pass()
    try await gate.arrivals()
    gate.open()
    try await passed
  }

  func testDeadlinePassesAsAValue() async {
    let outcome = await Mailbox<Int>("inbox").outcomeOfNext(within: .zero)
    XCTAssertNotNil(outcome.report)
  }

  func testLatchOpensWhenItIsCountedDown() async throws {
    let latch = Latch("latch", count: 2)
    latch.countDown()
    latch.countDown()
    try await latch.opened()
  }

  func testBarrierLetsItsPartiesGoOnTogether() async throws {
    let barrier = Barrier("barrier", parties: 2)
    async let first: Void = barrier.arrive()
    try await barrier.arrive()
    try await first
  }

  func testWatchedStateEndsAWait() async throws {
    let state = Watched("state", 0)
    async let three = state.until(matching: .equal(to: 3))
    for _ in 0..<3 { state.update { $0 += 1 } }
    let value = try await three
    XCTAssertEqual(value, 3)
    try await state.holds(until: Fence("now") {}) { $0 == 3 }
  }

  func testFenceProvesThatNothingCame() async throws {
    let errors = Mailbox<String>("errors")
    let done = Signal<Void>("done")
    done.send()
    try await errors.expectNone(until: .sent(done))
    errors.send("a")
    let all = try await errors.collect(1...1, until: .sent(done))
    XCTAssertEqual(all, ["a"])
  }

  func testEndsWithinItsLimit() async throws {
    let value = try await withHangLimit(.seconds(60)) { await Task { 7 }.value }
    XCTAssertEqual(value, 7)
  }
}
