import Testing

@testable import Waiters

@Suite struct `The census of tasks` {
  private func census(_ looks: [TaskLook], parked: Set<UInt64> = []) -> TaskCensus {
    TaskCensus(looks, parked: parked)
  }

  @Test func `finds a deadlock where all wait in waits of ours`() {
    let census = census(
      [
        .init(id: 1, state: .awaitsContinuation, parent: nil),
        .init(id: 2, state: .awaitsContinuation, parent: nil),
      ], parked: [1, 2])
    #expect(census.verdict == .deadlock)
    #expect(census.description == "2: 2 in waits of the harness")
  }

  @Test func `finds a deadlock where others wait for those`() {
    let census = census(
      [
        .init(id: 1, state: .awaitsTask(2), parent: nil),
        .init(id: 2, state: .awaitsGroup, parent: nil),
        .init(id: 3, state: .awaitsContinuation, parent: 2),
      ], parked: [3])
    #expect(census.verdict == .deadlock)
    #expect(
      census.description == "3: 1 in waits of the harness, 2 waiting for other tasks")
  }

  @Test func `finds a deadlock where tasks wait for each other`() {
    let census = census([
      .init(id: 1, state: .awaitsTask(2), parent: nil),
      .init(id: 2, state: .awaitsTask(1), parent: nil),
    ])
    #expect(census.verdict == .deadlock)
  }

  static let others: [(TaskLook.State, String)] = [
    (.awaitsContinuation, "2: 1 in waits of the harness, 1 on continuations of somebody else"),
    (.active, "2: 1 in waits of the harness, 1 on the main actor or another executor"),
    (.awaitsUnknown, "2: 1 in waits of the harness, 1 unknown to the harness"),
    (.awaitsTask(7), "2: 1 in waits of the harness, 1 unknown to the harness"),
    (.awaitsTask(nil), "2: 1 in waits of the harness, 1 unknown to the harness"),
    (.awaitsGroup, "2: 1 in waits of the harness, 1 unknown to the harness"),
  ]

  @Test(arguments: others)
  func `finds none where one may be woken from outside`(state: TaskLook.State, text: String) {
    let census = census(
      [
        .init(id: 1, state: .awaitsContinuation, parent: nil),
        .init(id: 2, state: state, parent: nil),
      ], parked: [1])
    #expect(census.verdict == .mayBeWoken)
    #expect(census.description == text)
  }

  @Test func `finds nothing where no task is known`() {
    #expect(census([]).verdict == .mayBeWoken)
    #expect(census([]).description == "none that is known")
  }
}

@Suite struct `The life of a scope` {
  private let stall = Stall(
    kind: .deadlock, time: .zero, seed: 0, census: TaskCensus([], parked: []),
    isOnMainActor: false, waits: [], support: RuntimeSupport())

  private func steps(of life: inout ScopeLife) -> Int {
    var steps = 0
    while life.takeStep() { steps += 1 }
    return steps
  }

  @Test func `ends with its body, and lets the rest make its steps`() {
    var life = ScopeLife()
    #expect(life.mayAdvance)
    life.bodyEnded()
    #expect(!life.mayAdvance)
    #expect(steps(of: &life) == ScopeLife.graceSteps)
    life.close()
    #expect(life.stage == .closed)
    #expect(life.stall == nil)
  }

  @Test func `is given up once`() {
    var life = ScopeLife()
    let answers = [life.giveUp(for: stall), life.giveUp(for: stall)]
    #expect(answers == [true, false])
    #expect(life.mayAdvance)
    #expect(steps(of: &life) == ScopeLife.graceSteps)
    life.bodyEnded()
    #expect(steps(of: &life) == ScopeLife.graceSteps)
    #expect(life.stall != nil)
  }

  @Test func `is not given up after its end`() {
    var life = ScopeLife()
    life.bodyEnded()
    let whenEnding = life.giveUp(for: stall)
    life.close()
    let whenClosed = life.giveUp(for: stall)
    #expect(!whenEnding && !whenClosed)
    // A body that was abandoned ends when it likes.
    life.bodyEnded()
    #expect(life.stage == .closed)
  }
}

@Suite struct `Visits to the main actor` {
  @Test func `are over when the fence is back`() {
    var visits = MainVisits()
    #expect(!visits.isVisiting && !visits.needsFence)
    visits.add()
    #expect(visits.isVisiting && visits.needsFence)
    visits.sendFence()
    #expect(visits.isVisiting && !visits.needsFence)
    visits.fenceIsBack()
    #expect(!visits.isVisiting && !visits.needsFence)
  }

  @Test func `need another fence for what comes after one was sent`() {
    var visits = MainVisits()
    visits.add()
    visits.sendFence()
    visits.add()
    visits.fenceIsBack()
    #expect(visits.isVisiting && visits.needsFence)
    visits.sendFence()
    visits.fenceIsBack()
    #expect(!visits.isVisiting)
  }
}

@Suite struct `The registry of tasks` {
  @Test func `numbers tasks in the order in which they come`() {
    var registry = TaskRegistry()
    let (a, b) = (TaskRef(id: 70, address: 1), TaskRef(id: 50, address: 2))
    let seen = [registry.see(a), registry.see(b), registry.see(a)]
    #expect(seen.map(\.number) == [1, 2, 1])
    #expect(seen.map(\.isNew) == [true, true, false])
    let forgotten = registry.forget([a])
    #expect(forgotten == [1])
    let another = registry.see(TaskRef(id: 90, address: 1))
    #expect(another == (3, true))
  }

  @Test func `asks to be looked through less often the more it keeps`() {
    var registry = TaskRegistry()
    var lookedThrough: [Int] = []
    for id in 1...10_000 as ClosedRange<UInt64> {
      _ = registry.see(TaskRef(id: id, address: 1))
      guard registry.isFull else { continue }
      lookedThrough.append(registry.numbers.count)
      _ = registry.forget([])
    }
    #expect(lookedThrough == [256, 512, 1024, 2048, 4096, 8192])
  }
}

@Suite struct `A sleep on a clock that is not virtual` {
  @Test(arguments: [
    (Duration.zero, Duration.zero), (.nanoseconds(-5), .zero), (.nanoseconds(1), .milliseconds(1)),
    (.milliseconds(1), .milliseconds(1)), (.microseconds(999_200), .seconds(1)),
    (.seconds(3600) - .nanoseconds(1), .seconds(3600)),
  ]) func `is rounded up to milliseconds`(asked: Duration, rounded: Duration) {
    #expect(asked.roundedUpToMilliseconds == rounded)
  }
}
