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
    while life.hasStepsLeft {
      life.takeStep()
      steps += 1
    }
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

@Suite struct `The state of a scope` {
  private let start = ContinuousClock.now

  private func state(stepLimit: Int = 1000) -> ScopeState<String> {
    ScopeState(Schedule(seed: 0), patience: .seconds(1), stepLimit: stepLimit)
  }

  private func stall(_ kind: Stall.Kind) -> Stall {
    Stall(
      kind: kind, time: .zero, seed: 0, census: TaskCensus([], parked: []), isOnMainActor: false,
      waits: [], support: RuntimeSupport())
  }

  /// What it does, in a word, so many milliseconds after the start.
  private func turn(
    _ state: inout ScopeState<String>, _ milliseconds: Int = 0, ownEnd: Int? = nil
  ) -> String {
    let end = ownEnd.map { start + .milliseconds($0) }
    switch state.turn(at: start + .milliseconds(milliseconds), ownEnd: end) {
    case .run(let work): return "run \(work)"
    case .sendFence: return "send a fence"
    case .judge: return "judge"
    case .giveUp(.deadlock): return "deadlock"
    case .giveUp(.outside): return "stalled"
    case .giveUp(.neverIdle): return "never idle"
    case .rest(let end): return "rest until \(start.duration(to: end) / .milliseconds(1))"
    case .end: return "end"
    }
  }

  @Test func `judges once why nothing can run, and then rests for its patience`() {
    var state = state()
    state.schedule.enqueue("a", of: 1)
    let turns = [
      turn(&state), turn(&state), turn(&state, 10), turn(&state, 500), turn(&state, 1010),
    ]
    #expect(turns == ["run a", "judge", "rest until 1010.0", "rest until 1010.0", "stalled"])
    #expect(state.hasRested)
  }

  @Test func `is disturbed by what another thread brings, but not by the main actor`() {
    var state = state()
    state.arrived()
    state.willVisitMain()
    state.arrivedFromOutside()
    #expect(!state.isDisturbed)
    _ = turn(&state)
    state.fenceIsBack()
    state.arrivedFromOutside()
    #expect(state.isDisturbed)
  }

  @Test func `begins anew with whatever comes`() {
    var state = state()
    var turns = [turn(&state), turn(&state, 10)]
    state.arrived()
    turns += [turn(&state, 900), turn(&state, 900)]
    #expect(turns == ["judge", "rest until 1010.0", "judge", "rest until 1900.0"])
  }

  @Test func `rests longer for a wait that ends by itself`() {
    var state = state()
    let turns = [
      turn(&state, ownEnd: 5000), turn(&state, ownEnd: 5000), turn(&state, 5999, ownEnd: 5000),
      turn(&state, 6000, ownEnd: 5000),
    ]
    #expect(turns == ["judge", "rest until 6000.0", "rest until 6000.0", "stalled"])
  }

  @Test func `takes no deadlock for one when something has come since it looked`() {
    var state = state()
    _ = turn(&state)
    state.arrived()
    var answers = [state.giveUp(for: stall(.deadlock))]
    _ = turn(&state)
    answers.append(state.giveUp(for: stall(.deadlock)))
    #expect(answers == [false, true])
  }

  @Test func `runs nothing while the main actor does`() {
    var state = state()
    state.schedule.enqueue("a", of: 1)
    state.willVisitMain()
    var turns = [turn(&state), turn(&state, 10)]
    state.fenceIsBack()
    turns.append(turn(&state, 20))
    #expect(turns == ["send a fence", "rest until 1010.0", "run a"])
  }

  @Test func `gives up a body that is never idle`() {
    var state = state(stepLimit: 2)
    for name in ["a", "b", "c"] { state.schedule.enqueue(name, of: nil) }
    var turns = [turn(&state), turn(&state), turn(&state)]
    let isGivenUp = state.giveUp(for: stall(.neverIdle(steps: 2)))
    turns.append(turn(&state))
    #expect(isGivenUp)
    #expect(turns == ["run a", "run b", "never idle", "run c"])
  }

  @Test func `runs what can run after its body, and moves no time for it`() {
    var state = state()
    state.schedule.enqueue("a", of: 1)
    _ = state.schedule.arm(at: .seconds(1), "later", of: 2)
    state.bodyEnded()
    let turns = [turn(&state), turn(&state)]
    #expect(turns == ["run a", "end"])
    let left = state.close()
    #expect(left.map(\.work) == ["later"])
    #expect(left.map(\.after) == [.seconds(1)])
  }

  @Test func `ends where what was given up does not end`() {
    var state = state()
    _ = turn(&state)
    _ = state.giveUp(for: stall(.deadlock))
    let turns = [turn(&state, 10), turn(&state, 1009), turn(&state, 1010)]
    #expect(turns == ["rest until 1010.0", "rest until 1010.0", "end"])
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

@Suite struct `A set of numbers of tasks` {
  @Test func `keeps what it is given, from where it begins`() {
    var set = TaskIDSet()
    set.begin(at: 1000)
    for id in [1000, 1001, 70_000, 1023] as [UInt64] { set.insert(id) }
    #expect([1000, 1001, 70_000, 1023].allSatisfy(set.contains))
    #expect(![1002, 999, 69_999, 70_001, .max].contains(where: set.contains))
    set.begin(at: 70_000)
    #expect(!set.contains(70_000))
  }

  @Test func `has a bound`() {
    var set = TaskIDSet()
    set.begin(at: 640)
    for id in [0, 639, 640 + TaskIDSet.span, .max] as [UInt64] {
      set.insert(id)
      #expect(!set.contains(id))
    }
    set.insert(639 + TaskIDSet.span)
    #expect(set.contains(639 + TaskIDSet.span))
  }
}

@Suite struct `The table of routes` {
  private func standing(_ table: RouteTable<String>, _ id: UInt64) -> String {
    switch table.standing(of: id) {
    case .owned(let owner): owner
    case .foreign: "foreign"
    case .unknown: "unknown"
    }
  }

  @Test func `knows who came from outside while a scope is open`() {
    var table = RouteTable<String>()
    table.cameFromOutside(7)
    table.open(after: 5)
    table.add(8, "a")
    for id in [8, 9] as [UInt64] { table.cameFromOutside(id) }
    #expect([7, 8, 9, 10].map { standing(table, $0) } == ["unknown", "a", "foreign", "unknown"])
    // A second scope forgets nothing of the first.
    table.open(after: 20)
    table.cameFromOutside(21)
    table.close()
    #expect([9, 21].map { standing(table, $0) } == ["foreign", "foreign"])
    table.remove([8])
    table.close()
    #expect([8, 9, 21].map { standing(table, $0) } == ["unknown", "unknown", "unknown"])
  }
}

@Suite struct `A sleep on a clock that is not virtual` {
  @Test(arguments: [
    (Duration.zero, Duration.zero), (.nanoseconds(-5), .zero), (.nanoseconds(1), .milliseconds(1)),
    (.milliseconds(1), .milliseconds(1)), (.microseconds(999_200), .seconds(1)),
    (.seconds(3600) - .nanoseconds(1), .seconds(3600)),
    (.seconds(Int64.max), .milliseconds(9_223_372_036_855)),
  ]) func `is rounded up to milliseconds`(asked: Duration, rounded: Duration) {
    #expect(asked.roundedUpToMilliseconds == rounded)
  }
}
