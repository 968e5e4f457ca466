import Testing
import Waiters

@Suite struct `A mailbox` {
  @Test func `keeps what a callback sends until the test asks`() async throws {
    let mailbox = Mailbox<Int>("numbers")
    for number in 1...3 { mailbox.send(number) }
    #expect(try await mailbox.next() == 1)
    #expect(try await mailbox.first { $0 > 2 } == 3)
  }
}
