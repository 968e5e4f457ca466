import HarnessReporting

/// What came of cancelling an operation at every crossing in turn.
public struct CancellationSweep: Sendable {
  /// One run of the operation.
  public struct Round: Sendable {
    /// Where it was cancelled; nil in the round in which it came to no further crossing, and ended by
    /// itself or did not.
    public let point: CancellationPoint?
    /// How it ended.
    public let outcome: OperationOutcome<Void>
    /// What was wrong; empty where nothing was.
    public let findings: [CancellationFinding]
    /// The points that it crossed up to its cancellation.
    let points: [CancellationPoint]
  }

  /// What the operation is called; may be empty.
  public let name: String
  /// The rounds in order: the first was cancelled at the first crossing, the second at the second, and
  /// the last, where all is well, at none.
  public let rounds: [Round]
  let stop: SweepPlan.Stop
  /// The most crossings that were allowed.
  let limit: Int

  /// How many rounds were cancelled.
  public var crossings: Int { rounds.count { $0.point != nil } }

  /// Whether every crossing was tried, there was at least one, and nothing was wrong.
  public var isClean: Bool {
    stop == .covered && crossings > 0 && rounds.allSatisfy(\.findings.isEmpty)
  }

  func failure(at site: CallSite) -> Failure {
    let report = SweepReport(self)
    return Failure(
      report.text(lineLimit: 25), at: site,
      evidence: report.fits(25) ? [] : [Evidence(name: "crossings.txt", text: report.full + "\n")])
  }
}

extension CancellationSweep: CustomStringConvertible {
  /// The table of crossings with what was wrong, in at most 25 lines, and what to try.
  public var description: String { SweepReport(self).text(lineLimit: 25) }
}
