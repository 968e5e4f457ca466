import HarnessLock
import HarnessReporting
import Testing

@testable import Waiters

@Suite struct `The table of waits` {
  /// The rows of this test, without the times.
  private func rows(_ snapshot: WaitTable.Snapshot, of reporter: Reporter) -> [String] {
    snapshot.lines(ofTestOf: reporter).map { $0.replacing(#/, \S+ m?s, /#, with: ", ") }
  }

  /// A snapshot that holds what waits now: one of a moment ago serves those who expire together.
  private func snapshot() -> WaitTable.Snapshot { WaitTable.freshSnapshot(now: .now) }

  @Test func `has a row for everything that waits in the test, the oldest first`() async throws {
    let gate = Gate("commit")
    let inbox = Mailbox<Int>("inbox")
    async let passed: Void = gate.pass()
    try await gate.arrivals()
    let registered = Signal<Void>("registered")
    async let event = inbox.first { event in
      registered.send()
      return event == 2
    }
    inbox.send(1)
    try await registered.value()
    // The lock under which the predicate was asked is free again.
    _ = inbox.channel.point.withMachine { $0.position }
    let rows = rows(snapshot(), of: Reporter())
    #expect(rows.count == 2)
    #expect(
      rows.first
        == #"leave to pass Gate "commit", WaitTableTests.swift:19; made at WaitTableTests.swift:17, 0 let through so far"#
    )
    #expect(rows.last?.hasPrefix(#"an event that matches from Mailbox "inbox", "#) == true)
    gate.open()
    inbox.send(2)
    try await passed
    _ = try await event
    #expect(self.rows(snapshot(), of: Reporter()) == [])
  }

  @Test func `counts what it does not show`() async throws {
    let inbox = Mailbox<Int>("inbox")
    inbox.send(1)
    // A predicate is asked as its wait is registered.
    let registered = Latch("registered", count: 9)
    let waits = (0..<9).map { _ in
      Task {
        await inbox.outcomeOfFirst { _ in
          registered.countDown()
          return false
        }
      }
    }
    try await registered.opened()
    _ = inbox.channel.point.withMachine { $0.position }
    let lines = snapshot().lines(ofTestOf: Reporter())
    #expect(lines.last == "… and 4 more")
    for wait in waits { wait.cancel() }
    for wait in waits { _ = await wait.value }
  }
}
