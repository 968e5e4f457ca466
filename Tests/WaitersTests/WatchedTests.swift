import HarnessLock
import Testing

@testable import Waiters

@Suite struct `A watched state` {
  private struct Full: Error {}

  @Test func `ends a wait when it meets the condition`() async throws {
    let state = Watched("state", 0)
    async let three = state.until { $0 == 3 }
    for _ in 0..<5 { state.update { $0 += 1 } }
    // It may have begun after the state had passed 3; then nothing met it.
    state.update { $0 = 3 }
    #expect(try await three == 3)
    #expect(state.value == 3)
  }

  @Test func `is seen in a state that is there for a moment`() async throws {
    let state = Watched("state", "off")
    let isWatched = Signal<Void>("watched")
    async let on = state.until { state in
      isWatched.send()
      return state == "on"
    }
    try await isWatched.value()
    state.update { $0 = "on" }
    state.update { $0 = "off" }
    #expect(try await on == "on")
  }

  @Test func `ends a wait at once where it meets the condition already`() async throws {
    #expect(try await Watched("state", 7).until(matching: .equal(to: 7), within: .zero) == 7)
  }

  @Test func `stays as it was where a change throws`() throws {
    let state = Watched("state", [1, 2])
    #expect(throws: Full.self) {
      try state.update { state throws(Full) in
        state.append(3)
        throw Full()
      }
    }
    #expect(state.value == [1, 2])
    #expect(state.update { $0.removeLast() } == 2)
  }

  @Test func `loses no change of many threads`() async throws {
    let state = Watched("state", 0)
    async let all = state.until { $0 == 8_000 }
    await withTaskGroup { group in
      for _ in 0..<8 {
        group.addTask { for _ in 0..<1_000 { state.update { $0 += 1 } } }
      }
    }
    #expect(try await all == 8_000)
  }

  @Test func `tells of the states that did not match`() async throws {
    let state = Watched("state", 0)
    for number in 1...120 { state.update { $0 = number } }
    let outcome = await state.outcomeOfUntil(within: .zero) { $0 < 0 }
    let text = try #require(outcome.report).description
    #expect(text.contains("verdict   the state changed, and never matched"))
    #expect(text.contains("120 changes, newest last:"))
    #expect(text.contains("… 111 before these"))
    #expect(text.contains("#121  120"))
  }

  @Test func `says that it matched before the wait began`() async throws {
    let state = Watched("state", 3)
    state.update { $0 = 4 }
    let outcome = await state.outcomeOfUntil(within: .zero) { $0 == 3 }
    let text = try #require(outcome.report).description
    #expect(text.contains("verdict   it matched before this wait began, as #1"), "\(text)")
  }

  @Test func `has its condition asked once for each change`() async throws {
    let state = Watched("state", 0)
    let asked = Lock<[Int]>([])
    let isWatched = Signal<Void>("watched")
    async let three = state.until { value in
      asked.withLock { $0.append(value) }
      isWatched.send()
      return value == 3
    }
    try await isWatched.value()
    for number in 1...3 { state.update { $0 = number } }
    #expect(try await three == 3)
    #expect(asked.withLock { $0 } == [0, 1, 2, 3])
  }

  @Test func `holds until a fence, and may be anything after it`() async throws {
    let state = Watched("state", 1)
    try await state.holds(until: Fence("end") { state.update { $0 = 2 } }) { $0 < 3 }
    state.update { $0 = 3 }
    try await withKnownIssue {
      try await state.holds(until: Fence("end") {}, matching: .equal(to: 4))
    } matching: { issue in
      "\(issue)".contains("a state that is 4") && "\(issue)".contains("#3  3  (is not 4)")
    }
  }
}
