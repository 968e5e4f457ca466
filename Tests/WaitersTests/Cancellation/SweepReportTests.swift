import HarnessReporting
import Testing

@testable import Waiters

@Suite struct `The report of a sweep` {
  private typealias Round = CancellationSweep.Round

  private static func point(_ name: String, line: UInt) -> CancellationPoint {
    CancellationPoint(name: name, site: CallSite(fileID: "App/Store.swift", line: line))
  }

  private func round(
    _ point: CancellationPoint?, _ outcome: OperationOutcome<Void> = .threw(CancellationError()),
    _ findings: CancellationFinding...
  ) -> Round {
    Round(point: point, outcome: outcome, findings: findings, points: [])
  }

  private func sweep(
    _ rounds: [Round], stop: SweepPlan.Stop = .covered, name: String = "a save"
  ) -> CancellationSweep {
    CancellationSweep(name: name, rounds: rounds, stop: stop, limit: 100)
  }

  private let begin = point("begin", line: 12)
  private let insert = point("insert a row", line: 115)

  @Test func `is a table`() {
    let sweep = sweep([
      round(begin),
      round(
        insert, .completed(()), .init(.unexpectedEnding, "expected CancellationError"),
        .init(.imbalance, "pool: 1 acquired, 0 released")),
      round(nil, .completed(())),
    ])
    #expect(
      sweep.description == """
        "a save" was cancelled at 2 crossings: findings in 1 round
          1  "begin" Store.swift:12          threw CancellationError
          2  "insert a row" Store.swift:115  completed                expected CancellationError
                                                                      pool: 1 acquired, 0 released
          -  not cancelled                   completed
          try       let the cancellation through: see `try?` and `catch`; or name the ending that is right: `.completed`, `.throwing(…)`
                    give back in a `defer`, and what a cancelled wait was given as well
        """)
    #expect(sweep.failure(at: CallSite()).evidence.isEmpty)
  }

  @Test func `shows what is known of a round that did not end`() {
    let finding = CancellationFinding(
      .unfinished, "not over 5 s after its cancellation",
      known: ["waits for an event, 5 s", "came last to \(insert)"])
    #expect(
      sweep([round(begin, .unfinished, finding, .init(.cleanUp, "rollback ran 2 times"))])
        .description.split(separator: "\n")[1...4].joined(separator: "\n") == """
            1  "begin" Store.swift:12  still running  not over 5 s after its cancellation
                                                        waits for an event, 5 s
                                                        came last to "insert a row" Store.swift:115
                                                      rollback ran 2 times
          """)
  }

  @Test func `says that nothing was wrong`() {
    #expect(
      sweep([round(begin), round(nil, .completed(()))], name: "").description == """
        The operation was cancelled at 1 crossing: no findings
          1  "begin" Store.swift:12  threw CancellationError
          -  not cancelled           completed
        """)
  }

  @Test func `says that nothing was cancelled`() {
    #expect(
      sweep([round(nil, .completed(()))]).description == """
        "a save" came to no point that it could be cancelled at
          -  not cancelled  completed
          try       cross a point of the lab, such as `try await lab.point("begin")`
        """)
  }

  @Test(arguments: [
    (
      SweepPlan.Stop.limit,
      """
        stopped   there are more than 100 crossings
        try       raise `atMost:`, or let the operation cross fewer points
      """
    ),
    (.unfinished, "  stopped   after 3 rounds that did not end"),
    (.stuck, "  stopped   the rounds after it would be stuck as well"),
  ])
  func `says why there are no more rounds`(stop: SweepPlan.Stop, lines: String) {
    let sweep = sweep([round(begin)], stop: stop)
    #expect(sweep.description.hasSuffix("\n" + lines))
    #expect(!sweep.isClean)
  }

  @Test func `says where two rounds differ`() {
    let other = Self.point("retry", line: 3)
    let rounds = [
      Round(point: begin, outcome: .threw(CancellationError()), findings: [], points: [begin]),
      Round(
        point: insert, outcome: .threw(CancellationError()), findings: [], points: [other, insert]),
    ]
    #expect(
      sweep(rounds).description.hasSuffix(
        """

          note      crossing 1 was "begin" Store.swift:12 in round 1 and "retry" Store.swift:3 in the next: \
        the rounds differ
        """))
  }

  @Test func `leaves out what is right where it is too long, and says so`() {
    let bad = CancellationFinding(.cleanUp, "rollback never ran, and was due once")
    let rounds =
      (1...30).map { number in
        number.isMultiple(of: 10)
          ? round(begin, .threw(CancellationError()), bad, bad) : round(begin)
      } + [round(nil, .completed(()))]
    let sweep = sweep(rounds)
    #expect(
      sweep.description == """
        "a save" was cancelled at 30 crossings: findings in 3 rounds
          10  "begin" Store.swift:12  threw CancellationError  rollback never ran, and was due once
                                                               rollback never ran, and was due once
          20  "begin" Store.swift:12  threw CancellationError  rollback never ran, and was due once
                                                               rollback never ran, and was due once
          30  "begin" Store.swift:12  threw CancellationError  rollback never ran, and was due once
                                                               rollback never ran, and was due once
          … 28 rounds without
          try       clean up in one place, such as a `catch` or `defer` that every way out takes
        """)
    let evidence = sweep.failure(at: CallSite()).evidence
    #expect(evidence.map(\.name) == ["crossings.txt"])
    #expect(evidence.first?.bytes.split(separator: UInt8(ascii: "\n")).count == 36)
  }

  @Test func `has at most 25 lines, whatever was wrong`() {
    let bad = CancellationFinding(.cleanUp, "rollback never ran, and was due once")
    let rounds = (1...40).map { _ in round(begin, .completed(()), bad, bad) }
    let lines = sweep(rounds).description.split(separator: "\n")
    #expect(lines.count == 25)
    #expect(lines[23] == "  … 29 rounds with findings")
    // One round that has more findings than there is room.
    let many = Round(
      point: begin, outcome: .unfinished, findings: Array(repeating: bad, count: 40), points: [])
    let cut = sweep([many]).description.split(separator: "\n")
    #expect(cut.count == 24)
    #expect(cut[22] == "  … 19 lines of this round")
  }
}
