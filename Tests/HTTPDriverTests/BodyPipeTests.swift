import HarnessLoopback
import Testing
import Waiters

@testable import HTTPDriver

@Suite struct `A pipe for a body` {
  private final class Owner: Sendable {}

  private struct Unread: Error {}

  @Test func `gives each piece to one of several readers, and its end to all`() async throws {
    let pipe = BodyPipe()
    let read = Mailbox<[UInt8]>("pieces")
    let ends = Mailbox<Bool>("ends, and whether they were due")
    let finished = Collected<Void>()
    for _ in 0..<8 {
      Task {
        while let piece = await pipe.next() { read.send(piece) }
        ends.send(!finished.all.isEmpty)
      }
    }
    // The next piece comes when the others wait again for it, or soon will.
    for number in 0..<100 {
      _ = pipe.push([UInt8(number)])
      #expect(try await read.next() == [UInt8(number)])
    }
    finished.append(())
    pipe.finish()
    for _ in 0..<8 { #expect(try await ends.next()) }
  }

  @Test func `lets go of whoever waits for room when it ends`() {
    let pipe = BodyPipe()
    // Also of who comes after the end.
    for _ in 0..<2 {
      weak var weakOwner: Owner?
      do {
        let owner = Owner()
        weakOwner = owner
        pipe.whenRoom { _ = owner }
        pipe.finish()
      }
      #expect(weakOwner == nil)
    }
  }

  @Test func `has room for everything once nobody reads`() async {
    let pipe = BodyPipe()
    let rooms = Collected<Void>()
    pipe.whenRoom { rooms.append(()) }
    let piece = [UInt8](repeating: 1, count: PieceQueue.room)
    #expect(!pipe.push(piece))
    pipe.discard(throwing: Unread())
    #expect(rooms.all.count == 1)
    #expect(pipe.push(piece))
    #expect(await pipe.next() == nil)
    #expect(pipe.error is Unread)
  }

  @Test func `keeps what had come to its end when nobody else reads`() async {
    let pipe = BodyPipe()
    _ = pipe.push([1])
    pipe.finish()
    pipe.discard(throwing: Unread())
    #expect(await pipe.next() == [1])
    #expect(pipe.error == nil)
  }
}
