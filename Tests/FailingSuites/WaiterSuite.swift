import Testing
import Waiters

/// One failed wait of each kind, from the test's task and from others.
@Suite struct WaiterSuite {
  @Test func timedOut() async throws {
    let inbox = Mailbox<Int>("inbox")
    try await withDeadline(.milliseconds(300), "boot") {
      _ = try await inbox.next()
    }
  }

  @Test func closed() async throws {
    let inbox = Mailbox<Int>("inbox")
    inbox.close()
    _ = try await inbox.collect(count: 2)
  }

  @Test func cancelled() async throws {
    let started = Signal<Void>("started")
    let wait = Task { try await started.value() }
    wait.cancel()
    try await wait.value
  }

  @Test func detached() async throws {
    let inbox = Mailbox<Int>("inbox")
    inbox.send(1)
    try await Task.detached {
      _ = try await inbox.first(within: .milliseconds(10)) { $0 == 2 }
    }.value
  }

  @Test func gateNobodyOpens() async throws {
    let gate = Gate("commit")
    try await withDeadline(.milliseconds(300)) {
      try await gate.pass()
    }
  }

  @Test func besideAnother() async throws {
    let (accepted, stored) = (Signal<Void>("accepted"), Signal<Void>("stored"))
    try await withThrowingTaskGroup { group in
      group.addTask { try await stored.value() }
      group.addTask { try await accepted.value(within: .milliseconds(300)) }
      for try await _ in group {}
    }
  }
}
