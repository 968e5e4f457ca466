import Waiters
import XCTest

/// Every wait that can fail a test, as an XCTest suite uses it.
final class WaitersXCTests: XCTestCase {
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
}
