import HarnessReporting

/// What a gate tells of itself when a wait fails, as it was at that moment.
struct GateFacts: WaitFacts {
  /// Whether the failed wait was that of a caller to be let through.
  let isPass: Bool
  let arrived: Int
  /// How many callers it holds.
  let held: Int
  let passed: Int
  /// Where it was made.
  let site: CallSite

  var account: WaitAccount {
    WaitAccount(
      finding: finding,
      sections: [
        .init(
          label: "arrived",
          lines: ["\(arrived.counted("caller")), \(held) held, \(passed) let through"]),
        .init(label: "gate", lines: ["made at \(site)"]),
      ],
      advice: isPass
        ? "open the gate once for every caller that is to pass"
        : "see that the code which passes this gate is reached")
  }

  private var finding: String {
    if isPass {
      return passed == 0
        ? "nobody opened the gate"
        : "the gate was opened for \(passed) of \(arrived.counted("caller"))"
    }
    return arrived == 0 ? "nobody came to the gate" : "too few came to the gate"
  }
}
