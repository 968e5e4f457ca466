import Testing
import Waiters

/// One failed cancellation test of each kind.
@Suite struct CancellationSuite {
  @Test func swept() async throws {
    // The line below is the one that the failure must be shown at.
    try await sweepCancellation("a save", within: .seconds(1)) { lab in
      try await CancelledStore(lab: lab).save()
    }
  }

  @Test func swallowed() async throws {
    let gate = Gate("commit")
    let end = try await cancel(at: gate) {
      try? await gate.pass()
      return "saved"
    }
    try end.expectCancelled()
  }

  @Test func unfinished() async throws {
    let gate = Gate("commit")
    let reply = Signal<Void>("reply")
    let end = try await cancel(at: gate, within: .seconds(1)) {
      try? await gate.pass()
      await Task { _ = await reply.outcome() }.value
    }
    try end.expectCancelled()
  }

  @Test func notReached() async throws {
    let gate = Gate("commit")
    _ = try await cancel(at: gate) {}
  }

  @Test func stuck() async throws {
    let gate = Gate("commit")
    let reply = Signal<Void>("reply")
    try await withDeadline(.seconds(1)) {
      _ = try await cancel(at: gate) { _ = await reply.outcome(within: .seconds(5)) }
    }
  }

  @Test func open() async throws {
    let gate = Gate("commit")
    gate.openForever()
    _ = try await cancel(at: gate) { try await gate.pass() }
  }
}
