import Foundation
import HarnessLock
import Testing

@testable import Waiters

@Suite struct `Work on the side` {
  @Test func `goes on where a piece of it blocks`() async throws {
    let release = DispatchSemaphore(value: 0)
    let done = Signal<Void>("done")
    SideWork.run { release.wait() }
    SideWork.run { done.send() }
    defer { release.signal() }
    try await done.value()
  }

  @Test func `on one channel is done by one thread, in order`() async throws {
    let release = DispatchSemaphore(value: 0)
    let inbox = Mailbox<(Int, UInt)>("inbox")
    for number in 0..<100 {
      ChannelAide.run(for: inbox) {
        if number == 0 { release.wait() }
        inbox.send((number, UInt(bitPattern: ObjectIdentifier(Thread.current).hashValue)))
      }
    }
    release.signal()
    let done = try await inbox.collect(count: 100)
    #expect(done.map(\.0) == Array(0..<100))
    #expect(Set(done.map(\.1)).count == 1)
  }
}
