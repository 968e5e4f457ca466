import Waiters
import XCTest

/// Cancellation tests as an XCTest suite writes them.
final class CancellationXCTests: XCTestCase {
  func testAnOperationIsCancelledAtAGate() async throws {
    let gate = Gate("commit")
    let end = try await cancel(at: gate) { try await gate.pass() }
    try end.expectCancelled()
  }

  func testAnOperationIsCancelledAtEveryCrossing() async throws {
    let leftovers = Leftovers()
    let sweep = try await sweepCancellation("a save") { lab in
      try await Store(lab: lab, fault: .none, leftovers: leftovers).save()
    }
    XCTAssertEqual(sweep.crossings, 4)
  }

  func testAFaultIsHandedBack() async throws {
    let leftovers = Leftovers()
    let sweep = try await outcomeOfCancellationSweep("a save", within: .seconds(1)) { lab in
      try await Store(lab: lab, fault: .keepsConnection, leftovers: leftovers).save()
    }
    XCTAssertEqual(sweep.rounds.map(\.findings.count), [0, 1, 1, 1, 0])
  }
}
