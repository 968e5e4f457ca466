/// The seed under which a scenario failed, and how to see it again.
struct FailingSeed {
  let seed: UInt64
  /// How many seeds had passed before.
  let passed: Int

  /// What is added to a failure that the scenario recorded itself.
  var note: String {
    var lines = ReportLines()
    lines.add("seed \(seed): failed, \(before)")
    addReplay(to: &lines)
    return lines.text
  }

  /// The failure for an error that the scenario threw.
  func text(for error: any Error) -> String {
    var lines = ReportLines()
    lines.add("seed \(seed): threw an error, \(before)")
    let text = "\(error)".split(separator: "\n", omittingEmptySubsequences: false)
    lines.add("error", text.map(String.init))
    addReplay(to: &lines)
    return lines.text
  }

  private var before: String {
    passed == 0 ? "the first that ran" : "after \(passed.counted("seed")) passed"
  }

  private func addReplay(to lines: inout ReportLines) {
    lines.add("replay", "exploreInterleavings(seeds: \(seed)...\(seed)) { … }")
    lines.add("or", "withVirtualTime(seed: \(seed)) { … }")
  }
}
