import Testing

@testable import Waiters

@Suite struct `The wait room` {
  private var room = WaitRoom<String, String, Int>()

  /// Whether this ended the wait, and the handle to resume.
  private mutating func end(_ id: WaiterID, _ ending: String) -> (won: Bool, handle: String?) {
    switch room.end(id, ending) {
    case .won(let handle): (true, handle)
    case .lost: (false, nil)
    }
  }

  @Test mutating func `resumes a parked task with what ended the wait`() {
    let id = room.enter(0)
    #expect(room.park(id, "task") == nil)
    #expect(end(id, "event") == (true, "task"))
    #expect(room.leave(id) == "event")
    #expect(!room.contains(id))
  }

  @Test mutating func `keeps an end that comes before the task is parked`() {
    let id = room.enter(0)
    #expect(end(id, "event") == (true, nil))
    #expect(room.park(id, "task") == "task")
    #expect(room.leave(id) == "event")
  }

  @Test mutating func `lets the first end win`() {
    let id = room.enter(0)
    _ = room.park(id, "task")
    #expect(end(id, "event") == (true, "task"))
    #expect(end(id, "deadline") == (false, nil))
    #expect(end(id, "cancellation") == (false, nil))
    #expect(room.leave(id) == "event")
  }

  @Test mutating func `has nothing to end for a wait that left`() {
    let id = room.enter(0)
    _ = end(id, "event")
    _ = room.leave(id)
    #expect(end(id, "deadline") == (false, nil))
  }

  @Test mutating func `gives nothing while the wait goes on`() {
    let id = room.enter(0)
    #expect(room.leave(id) == nil)
    #expect(room.isOpen(id))
  }

  @Test mutating func `tells the oldest of the waits that go on`() {
    let ids = (0..<5).map { room.enter($0) }
    _ = end(ids[1], "event")
    let open = room.open(atMost: 2)
    #expect(open.count == 4)
    #expect(open.oldest.map(\.label) == [0, 2])
  }
}
