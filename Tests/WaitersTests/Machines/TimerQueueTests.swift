import Testing

@testable import Waiters

@Suite struct `The timer queue` {
  private var timers = TimerQueue<Int, String>()

  /// The actions that are due, or nil and the instant that the thread waits until.
  private mutating func step(now: Int) -> (run: [String], waitUntil: Int?) {
    switch timers.step(now: now) {
    case .run(let actions): (actions, nil)
    case .wait(until: let instant): ([], instant)
    }
  }

  private mutating func disarm(_ id: TimerQueue<Int, String>.ID) -> Bool {
    timers.disarm(id) != nil
  }

  /// Whether arming the timer wakes the thread.
  private mutating func arm(at instant: Int, _ action: String) -> Bool {
    timers.arm(at: instant, action).wakesThread
  }

  @Test mutating func `runs what is due, the earliest first`() {
    _ = timers.arm(at: 30, "c")
    _ = timers.arm(at: 10, "a")
    _ = timers.arm(at: 20, "b")
    #expect(step(now: 20).run == ["a", "b"])
    #expect(step(now: 20).waitUntil == 30)
  }

  @Test mutating func `runs timers of one instant in the order of arming`() {
    for action in ["a", "b", "c"] { _ = timers.arm(at: 5, action) }
    #expect(step(now: 5).run == ["a", "b", "c"])
  }

  @Test mutating func `wakes the thread only for an earlier instant, and once`() {
    #expect(!arm(at: 20, "the thread is busy and will look"))
    _ = step(now: 0)
    #expect(!arm(at: 20, "no earlier"))
    #expect(arm(at: 10, "earlier"))
    #expect(!arm(at: 5, "the thread wakes already"))
  }

  @Test mutating func `wakes a thread that waits for nothing`() {
    #expect(step(now: 0).waitUntil == nil)
    #expect(arm(at: 10, "a"))
  }

  @Test mutating func `does not run what was disarmed`() {
    let (id, _) = timers.arm(at: 10, "a")
    #expect(disarm(id))
    #expect(!disarm(id))
    #expect(step(now: 10).run.isEmpty)
  }

  @Test mutating func `cannot disarm what it has handed out`() {
    let (id, _) = timers.arm(at: 10, "a")
    _ = step(now: 10)
    #expect(!disarm(id))
  }

  @Test mutating func `forgets disarmed timers long before their time`() {
    for number in 0..<10_000 {
      let (id, _) = timers.arm(at: 1_000 + number, "a")
      _ = timers.disarm(id)
    }
    #expect(timers.count == 0)
    #expect(timers.entryCount <= 65)
  }
}
