/// The seed under which a scenario failed, and how to see it again.
struct FailingSeed {
  let seed: UInt64
  /// How many seeds had passed before.
  let passed: Int

  /// What is added to a failure that the scenario recorded itself.
  ///
  /// `isDisturbed` says whether another thread has had something run in the scope until then.
  func note(isDisturbed: Bool) -> String {
    var lines = ReportLines()
    lines.add("seed \(seed): failed, \(before)")
    addReplay(to: &lines, isDisturbed)
    return lines.text
  }

  /// The failure for an error that the scenario threw.
  func text(for error: any Error, isDisturbed: Bool) -> String {
    var lines = ReportLines()
    lines.add("seed \(seed): threw an error, \(before)")
    let text = "\(error)".split(separator: "\n", omittingEmptySubsequences: false)
    lines.add("error", text.map(String.init))
    addReplay(to: &lines, isDisturbed)
    return lines.text
  }

  private var before: String {
    passed == 0 ? "the first that ran" : "after \(passed.counted("seed")) passed"
  }

  private func addReplay(to lines: inout ReportLines, _ isDisturbed: Bool) {
    lines.add("replay", "exploreInterleavings(seeds: \(seed)...\(seed)) { … }")
    lines.add("or", "withVirtualTime(seed: \(seed)) { … }")
    guard isDisturbed else { return }
    lines.add(
      "but",
      [
        "another thread woke tasks of the scope, whose order the seed does not decide: a replay may differ",
        "look for an actor with an executor of its own, a queue, a thread, I/O",
      ])
  }
}
