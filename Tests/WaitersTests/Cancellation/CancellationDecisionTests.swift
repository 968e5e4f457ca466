import HarnessReporting
import Testing

@testable import Waiters

@Suite struct `A cancellation lab` {
  private let now = ContinuousClock.now

  private func point(_ name: String) -> CancellationPoint {
    CancellationPoint(name: name, site: CallSite())
  }

  @Test func `is settled where nothing is left that time may mend`() {
    var state = LabState(cancellingAt: nil)
    state.begin()
    state.ledger.due("rollback")
    for _ in 1...2 { state.ledger.ran("rollback") }
    state.ledger.acquired("connection")
    state.end(hasCompleted: true, at: .now)
    #expect(!state.isSettled)
    state.ledger.released("connection")
    #expect(state.isSettled)
    #expect(state.debts.map(\.code) == [.cleanUp])
  }

  @Test func `cancels at the crossing it is told, once`() {
    var state = LabState(cancellingAt: 2)
    var isCancelled = [state.cross(point("set-up"), at: now)]
    state.begin()
    for name in ["a", "b", "clean-up"] { isCancelled.append(state.cross(point(name), at: now)) }
    #expect(isCancelled == [false, false, true, false])
    #expect(state.points.map(\.name) == ["a", "b"])
    #expect(state.cancellation?.point.name == "b")
  }

  @Test func `cancels nothing that has ended`() {
    var state = LabState(cancellingAt: 1)
    state.begin()
    state.end(hasCompleted: true, at: now)
    let isCancelled = [
      state.cross(point("late"), at: now), state.cancel(at: point("late"), now),
    ]
    #expect(isCancelled == [false, false])
    #expect(state.end == now)
  }

  @Test func `owes nothing while the operation runs`() {
    var state = LabState(cancellingAt: 1)
    state.begin()
    state.ledger.acquired("pool")
    #expect(state.debts.isEmpty)
    #expect(!state.isSettled)
    state.end(hasCompleted: true, at: now)
    #expect(state.debts.map(\.description) == ["pool: 1 acquired, 0 released"])
    state.ledger.released("pool")
    #expect(state.isSettled)
  }

  private func load(_ instant: ContinuousClock.Instant) -> LoadSample { .take(at: instant) }

  private func hasGivenUp(_ state: inout LabState, _ stage: LabState.Stage) -> Bool {
    state.giveUp(stage, at: load(now + .seconds(2)))
  }

  @Test func `is given up only while it runs, and stays so`() {
    var state = LabState(cancellingAt: 1)
    #expect(!hasGivenUp(&state, .approach))
    state.begin()
    #expect(hasGivenUp(&state, .approach))
    #expect(!hasGivenUp(&state, .approach))
    let isCancelled = state.cross(point("late"), at: now)
    #expect(!isCancelled)
    state.end(hasCompleted: true, at: now)
    #expect(state.verdict != nil)
    var ended = LabState(cancellingAt: 1)
    ended.begin()
    ended.end(hasCompleted: true, at: now)
    #expect(!hasGivenUp(&ended, .approach))
  }

  @Test func `says where an operation is that does not end`() {
    var state = LabState(cancellingAt: nil)
    state.begin()
    var unknown = state
    let isGivenUp = [
      unknown.giveUp(.unwinding, at: load(now)), unknown.giveUp(.approach, at: load(now)),
    ]
    #expect(isGivenUp == [false, true])
    #expect(unknown.verdict?.known == ["in nothing that the harness knows"])

    for number in 1...4 {
      _ = state.ledger.parked("event \(number)", at: CallSite(line: 7), since: now)
    }
    _ = state.ledger.began("worker", at: CallSite())
    _ = state.cross(point("begun"), at: now)
    _ = state.cancel(at: point("gate"), now)
    #expect(!hasGivenUp(&state, .approach))
    #expect(hasGivenUp(&state, .unwinding))
    let lines = state.verdict?.known ?? []
    #expect(
      lines.prefix(4) == [
        "waits for event 1, 2 s, CancellationDecisionTests.swift:7",
        "waits for event 2, 2 s, CancellationDecisionTests.swift:7",
        "waits for event 3, 2 s, CancellationDecisionTests.swift:7",
        "… and 2 more",
      ])
    #expect(lines.count == 5)
    #expect(lines[4].hasPrefix("came last to \"begun\" CancellationDecisionTests.swift:"))
  }

  /// What was due, ran and was waived; whether the operation was given up; what is wrong.
  @Test(arguments: [
    (due: 0, waived: 0, ran: 0, true, nil),
    (0, 0, 1, true, nil),
    (0, 0, 2, true, "rollback ran 2 times"),
    (0, 0, 2, false, "rollback ran 2 times"),
    (1, 0, 0, true, "rollback never ran, and was due once"),
    (1, 0, 1, true, nil),
    (1, 0, 2, true, "rollback ran 2 times, and was due once"),
    (2, 0, 1, true, "rollback ran once, and was due 2 times"),
    (2, 0, 2, true, nil),
    (1, 1, 0, true, nil),
    // What went through needs no rollback; a handler may have run all the same.
    (1, 0, 0, false, nil),
    (1, 0, 1, false, nil),
    (1, 0, 2, false, "rollback ran 2 times"),
    (2, 0, 2, false, nil),
  ])
  func `counts a clean-up`(due: Int, waived: Int, ran: Int, isGivenUp: Bool, finding: String?) {
    var ledger = LabLedger()
    for _ in 0..<due { ledger.due("rollback") }
    for _ in 0..<waived { ledger.waive("rollback") }
    for _ in 0..<ran { ledger.ran("rollback") }
    let findings = ledger.findings(wasGivenUp: isGivenUp)
    #expect(findings.map(\.description) == (finding.map { [$0] } ?? []))
    #expect(findings.allSatisfy { $0.code == .cleanUp })
  }

  @Test func `takes a release too many for wrong`() {
    var ledger = LabLedger()
    ledger.acquired("pool")
    ledger.released("pool")
    ledger.released("pool")
    #expect(
      ledger.findings(wasGivenUp: false).map(\.description) == ["pool: 1 acquired, 2 released"])
  }

  @Test func `strikes off what is over, once or twice`() {
    var ledger = LabLedger()
    let work = ledger.began("worker", at: CallSite())
    let wait = ledger.parked("an event", at: CallSite(line: 7), since: now)
    #expect(
      ledger.findings(wasGivenUp: false).map(\.description).last
        == "a task still waits for an event, CancellationDecisionTests.swift:7")
    for _ in 0..<2 {
      ledger.over(work)
      ledger.over(wait)
    }
    #expect(ledger.findings(wasGivenUp: false).isEmpty)
  }
}

@Suite struct `The plan of a sweep` {
  private func expect(
    _ plan: inout SweepPlan, after course: SweepPlan.Course?, _ step: SweepPlan.Step,
    at location: SourceLocation = #_sourceLocation
  ) {
    let next = plan.next(after: course)
    #expect(next == step, sourceLocation: location)
  }

  @Test func `cancels one crossing further each time, until there is none`() {
    var plan = SweepPlan(atMost: 10)
    expect(&plan, after: nil, .cancel(at: 1))
    expect(&plan, after: .cancelled, .cancel(at: 2))
    expect(&plan, after: .unfinished, .cancel(at: 3))
    expect(&plan, after: .notReached, .stop(.covered))
  }

  @Test func `goes on for as many rounds as a caller allows`() {
    var plan = SweepPlan(atMost: .max)
    expect(&plan, after: nil, .cancel(at: 1))
    expect(&plan, after: .cancelled, .cancel(at: 2))
    expect(&plan, after: .notReached, .stop(.covered))
  }

  @Test func `allows as many crossings as its limit`() {
    var plan = SweepPlan(atMost: 2)
    expect(&plan, after: nil, .cancel(at: 1))
    expect(&plan, after: .cancelled, .cancel(at: 2))
    expect(&plan, after: .cancelled, .cancel(at: 3))
    var further = plan
    expect(&plan, after: .notReached, .stop(.covered))
    expect(&further, after: .cancelled, .stop(.limit))
  }

  @Test func `stops where rounds do not end`() {
    var plan = SweepPlan(atMost: 10)
    _ = plan.next(after: nil)
    expect(&plan, after: .unfinished, .cancel(at: 2))
    expect(&plan, after: .unfinished, .cancel(at: 3))
    expect(&plan, after: .unfinished, .stop(.unfinished))
    var stuck = SweepPlan(atMost: 10)
    _ = stuck.next(after: nil)
    expect(&stuck, after: .stuck, .stop(.stuck))
  }
}

@Suite struct `An expected ending` {
  private struct Closed: Error {}

  private static let endings: [ExpectedEnding] = [
    .cancelled, .throwing(Closed.self), .throwing("anything") { _ in true }, .completed,
    .cancelled.orCompleted, .cancelled.orCompleted(from: "committed"),
  ]

  @Test(
    arguments: zip(
      endings,
      [
        (cancelled: true, closed: false, completed: false, completedAfter: false),
        (false, true, false, false), (true, true, false, false), (false, false, true, true),
        (true, false, true, true), (true, false, false, true),
      ]))
  func `allows what it says`(
    ending: ExpectedEnding,
    allows: (cancelled: Bool, closed: Bool, completed: Bool, completedAfter: Bool)
  ) {
    #expect(
      ending.allows(OperationOutcome<Int>.threw(CancellationError()), at: ["begun"])
        == allows.cancelled)
    #expect(ending.allows(OperationOutcome<Int>.threw(Closed()), at: ["begun"]) == allows.closed)
    #expect(ending.allows(OperationOutcome.completed(1), at: ["begun"]) == allows.completed)
    #expect(
      ending.allows(OperationOutcome.completed(1), at: ["begun", "committed", "told"])
        == allows.completedAfter)
    #expect(!ending.allows(OperationOutcome<Int>.unfinished, at: ["committed"]))
  }

  @Test(
    arguments: zip(
      endings,
      [
        "CancellationError", "Closed", "anything", "completion", "CancellationError or completion",
        "CancellationError, or completion from \"committed\" on",
      ]))
  func `reads as a test would say it`(ending: ExpectedEnding, words: String) {
    #expect("\(ending)" == words)
  }
}
