import Waiters
import XCTest

/// Virtual time, interleavings and the manual clock, as an XCTest suite uses them.
final class VirtualTimeXCTests: XCTestCase {
  func testAnHourTakesNoTime() async throws {
    let hours = try await withVirtualTime { clock in
      try await Task.sleep(for: .seconds(7200))
      return clock.now.offset / .seconds(3600)
    }
    XCTAssertEqual(hours, 2)
  }

  func testTheMainActorCanBeVisited() async throws {
    try await withVirtualTime { _ in await MainActor.run {} }
  }

  func testInterleavingsPass() async throws {
    try await exploreInterleavings(seeds: 0..<20) { clock in
      async let sleep: Void = clock.sleep(for: .seconds(1))
      try await Task.sleep(for: .seconds(1))
      try await sleep
      XCTAssertEqual(clock.now.offset, .seconds(1))
    }
  }

  func testAManualClockWakesASleeper() async throws {
    let clock = ManualClock("clock")
    async let sleep: Void = clock.sleep(for: .seconds(5))
    let next = try await clock.armed()
    XCTAssertEqual(next.offset, .seconds(5))
    clock.advance(to: next)
    try await sleep
  }
}
