import Testing
import Waiters

@Suite struct `A mailbox` {
  @Test func `keeps what was sent before the wait`() async throws {
    let inbox = Mailbox<Int>("inbox")
    inbox.send(1)
    inbox.send(2)
    #expect(try await inbox.next() == 1)
    #expect(try await inbox.next() == 2)
  }

  @Test func `gives a parked wait what is sent`() async throws {
    let inbox = Mailbox<Int>("inbox")
    async let all = inbox.collect(until: { $0 == 3 })
    for number in 1...3 { inbox.send(number) }
    #expect(try await all == [1, 2, 3])
  }

  @Test func `stays usable when a wait times out`() async throws {
    let inbox = Mailbox<Int>("inbox")
    inbox.send(1)
    let outcome = await inbox.outcomeOfCollect(count: 2, within: .zero)
    #expect(outcome.value == nil)
    #expect(try await inbox.next() == 1)
  }
}
