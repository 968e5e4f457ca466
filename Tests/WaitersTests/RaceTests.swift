import HarnessReporting
import Testing

@testable import Waiters

@Suite struct `The race of send, deadline and cancellation` {
  /// Every round sends one event while a wait times out and is cancelled: the wait has it, or the mailbox.
  @Test func `loses no event and delivers none twice`() async {
    let inbox = Mailbox<Int>("inbox")
    var won = 0
    for round in 0..<10_000 {
      let wait = Task { await inbox.outcomeOfNext(within: .microseconds(round % 40)) }
      let send = Task { inbox.send(round) }
      if round.isMultiple(of: 3) { wait.cancel() }
      await send.value
      wait.cancel()
      if let event = await wait.value.value {
        won += 1
        #expect(event == round)
      } else {
        #expect(await inbox.outcomeOfNext(within: .zero).value == round)
      }
    }
    #expect(await inbox.outcomeOfNext(within: .zero).value == nil)
    // Either end happens; how often depends on the machine.
    #expect((1..<10_000).contains(won))
  }

  @Test func `gives every event of many senders to one of many waits`() async {
    let inbox = Mailbox<Int>("inbox")
    let (senders, events) = (8, 500)
    let received = await withTaskGroup { group in
      for sender in 0..<senders {
        group.addTask {
          for event in 0..<events { inbox.send(sender * events + event) }
          return [Int]()
        }
        group.addTask {
          var mine: [Int] = []
          while mine.count < events, let event = await inbox.outcomeOfNext().value {
            mine.append(event)
          }
          return mine
        }
      }
      return await group.reduce(into: []) { $0 += $1 }
    }
    #expect(received.sorted() == Array(0..<senders * events))
  }

  @Test func `loses no leave to pass`() async throws {
    let gate = Gate("gate")
    for _ in 0..<2_000 {
      let caller = Task { try await gate.pass() }
      let open = Task { gate.open() }
      caller.cancel()
      await open.value
      // The leave that a caller did not use is still there.
      if case .failure = await caller.result { try await gate.pass() }
    }
    // And there is none that nobody gave.
    let rest = await gate.channel.outcome(of: .pass, within: .zero, at: CallSite())
    #expect(rest.value == nil)
  }
}
