import Testing
import Waiters

/// A predicate that uses the mailbox which asks it.
@Suite struct PredicateSuite {
  @Test func usesItsMailbox() async throws {
    let inbox = Mailbox<Int>("inbox")
    inbox.send(1)
    _ = try await inbox.first { event in
      inbox.send(event)
      return true
    }
  }
}
