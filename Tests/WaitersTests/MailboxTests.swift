import HarnessReporting
import Testing

@testable import Waiters

@Suite struct `A mailbox` {
  private let inbox = Mailbox<Int>("inbox")

  @Test func `lets go of the conditions of failed waits outside of its lock`() async {
    // What a condition holds comes back to the mailbox as it goes, which the lock would end the process for.
    let inbox = Mailbox<Int>("inbox")
    await withKnownIssue {
      for _ in 0..<20 {
        let farewell = Farewell { inbox.send(1) }
        _ = try? await inbox.first(within: .milliseconds(1)) { event in
          withExtendedLifetime(farewell) { event == 1_000 }
        }
      }
    }
    #expect(await inbox.outcomeOfNext(within: .seconds(60)).value == 1)
  }

  @Test func `keeps what was sent before the wait`() async throws {
    inbox.send(1)
    inbox.send(2)
    #expect(try await inbox.next() == 1)
    #expect(try await inbox.next() == 2)
  }

  @Test func `gives a parked wait what is sent`() async throws {
    async let all = inbox.collect(until: { $0 == 3 })
    for number in 1...3 { inbox.send(number) }
    #expect(try await all == [1, 2, 3])
  }

  @Test func `takes functions, key paths and callbacks`() async throws {
    let callback: @Sendable (Int) -> Void = inbox.send
    callback(-1)
    callback(2)
    #expect(try await inbox.first { $0 > 0 } == 2)
    let words = Mailbox<String>("words")
    words.send("")
    #expect(try await words.first(within: .seconds(1), where: \.isEmpty) == "")
    words.send("")
    #expect(try await words.collect(within: .seconds(1), until: \.isEmpty) == [""])
  }

  @Test func `stays usable when a wait times out`() async throws {
    inbox.send(1)
    #expect(await inbox.outcomeOfCollect(count: 2, within: .zero).value == nil)
    #expect(try await inbox.next() == 1)
  }

  @Test func `stays usable when a wait is cancelled`() async throws {
    inbox.send(1)
    let wait = Task { await inbox.outcomeOfCollect(count: 2) }
    wait.cancel()
    guard case .cancelled = await wait.value else {
      Issue.record("the wait was not cancelled")
      return
    }
    #expect(try await inbox.next() == 1)
  }

  @Test func `gives a cancelled task what is there`() async {
    inbox.send(1)
    let wait = Task {
      unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
      return await inbox.outcomeOfNext()
    }
    #expect(await wait.value.value == 1)
  }

  @Test func `says with which error it was closed`() async {
    struct Reset: Error {}
    inbox.close(throwing: Reset())
    guard case .closed(let report) = await inbox.outcomeOfNext() else {
      Issue.record("the wait did not end by the close")
      return
    }
    #expect(report.closeError is Reset)
  }

  @Test func `lets an event use the mailbox when it goes`() async throws {
    let inbox = Mailbox<Farewell>("inbox")
    inbox.send(Farewell { [weak inbox] in inbox?.send(Farewell {}) })
    _ = try await inbox.next()
    // The journal lets the first event go when the hundredth after it comes.
    for _ in 1...100 { inbox.send(Farewell {}) }
    #expect(try await inbox.collect(count: 101).count == 101)
  }

  @Test func `fails the test once when it is full`() async throws {
    let small = Mailbox<Int>("small", limit: 2, site: CallSite())
    withKnownIssue {
      for number in 1...4 { small.send(number) }
    } matching: { issue in
      issue.comments.map(\.rawValue) == [
        """
        Full: Mailbox "small" holds 2 events that no wait has taken
          refused   this event and what is sent from now on, while there is no room
          try       take the events as they come, or send to the mailbox only what the test looks at
        """
      ]
    }
    #expect(try await small.collect(count: 2) == [1, 2])
    small.send(5)
    #expect(try await small.next() == 5)
  }
}
