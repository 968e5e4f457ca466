import HarnessLock
import Testing
import Waiters

@Suite struct `Cancelling at a gate` {
  private struct Closed: Error {}

  private let gate = Gate("commit")

  @Test func `cancels the operation while it is held there`() async throws {
    let wasCancelledBefore = Lock(true)
    let end = try await cancel(at: gate) {
      wasCancelledBefore.withLock { $0 = Task.isCancelled }
      try await gate.pass()
    }
    try end.expectCancelled()
    #expect(!wasCancelledBefore.withLock { $0 })
    #expect(end.point.name == "Gate \"commit\"")
    #expect(end.endedAfter != nil)
  }

  @Test func `cancels at a later arrival`() async throws {
    let passed = Lock(0)
    for _ in 1...2 {
      passed.withLock { $0 = 0 }
      let end = try await cancel(at: gate, arrival: 3) {
        while true {
          try await gate.pass()
          passed.withLock { $0 += 1 }
        }
      }
      try end.expectCancelled()
      #expect(passed.withLock { $0 } == 2)
    }
  }

  @Test func `uses the leave to pass that is there`() async throws {
    gate.open()
    let end = try await cancel(at: gate, arrival: 2) {
      try await gate.pass()
      try await gate.pass()
    }
    try end.expectCancelled()
  }

  @Test func `fails where so many do not come, however many they are`() async throws {
    let held = Task { try? await gate.pass() }
    try await gate.arrivals()
    try await withKnownIssue {
      _ = try await cancel(at: gate, arrival: .max) { try await gate.pass() }
    } matching: { issue in
      issue.comments.contains { $0.rawValue.hasPrefix("Not cancelled: the operation ended before") }
    }
    await held.value
  }

  @Test func `hands back how the operation ended`() async throws {
    let swallowed = try await cancel(at: gate) {
      try? await gate.pass()
      return "saved"
    }
    guard case .completed("saved") = swallowed.outcome else {
      Issue.record("\(swallowed.outcome)")
      return
    }
    try swallowed.expect(.completed)
    try swallowed.expect(.cancelled.orCompleted)

    let replaced = try await cancel(at: gate) {
      do { try await gate.pass() } catch { throw Closed() }
    }
    try replaced.expect(.throwing(Closed.self))
    #expect("\(replaced)".hasPrefix("Cancelled at Gate \"commit\": threw Closed\n  ended     "))
  }

  @Test func `comes back from an operation that does not end`() async throws {
    let reply = Signal<Void>("reply")
    let end = try await cancel(at: gate, within: .milliseconds(200)) {
      // What is cancelled is not what waits.
      try? await Task.detached { try await gate.pass() }.value
      await Task { _ = await reply.outcome() }.value
    }
    guard case .unfinished = end.outcome else {
      Issue.record("\(end.outcome)")
      return
    }
    #expect(end.endedAfter == nil)
    reply.send()
    // The gate was opened, so that what was held there could go.
    try await gate.pass()
  }
}
