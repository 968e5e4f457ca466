import HarnessJSON
import HarnessReporting

/// The texts of failures: what differed, then where the candidate lies and how to accept it.
struct GoldenMessage {
  let file: GoldenFile

  /// What fits into a failure; the whole text goes along as evidence.
  private static let maximumLines = 200
  private static let maximumBytes = 16 << 10

  func missing() -> GoldenOutcome {
    .failed(
      message: "there is no golden file \(file.displayPath)\n\(help("missing"))", evidence: [])
  }

  func different(_ differences: [GoldenFinding]) -> GoldenOutcome {
    let (text, evidence) = bounded(differences)
    return .failed(
      message: "differs from the golden file \(file.displayPath)\n\(text)\n\(help("changed"))",
      evidence: evidence)
  }

  func brokenRules(
    _ violations: [GoldenFinding], _ differences: [GoldenFinding]
  ) -> GoldenOutcome {
    let (text, evidence) = bounded(violations + differences)
    return .failed(
      message: "breaks the rules for the golden file \(file.displayPath)\n\(text)",
      evidence: evidence)
  }

  func writtenTwice(_ differences: [GoldenFinding]) -> GoldenOutcome {
    let (text, evidence) = bounded(differences)
    return .failed(
      message: """
        another value was written to the golden file \(file.displayPath) in this run
        \(text)
          try       named: "…", made of what tells the cases apart
        """, evidence: evidence)
  }

  private func help(_ mode: String) -> String {
    """
      candidate \(Artifacts.displayPath(file.candidate))
      accept    \(file.acceptCommand)
      or        UPDATE_GOLDEN=\(mode) swift test
    """
  }

  /// The findings, indented, and cut to what a reader of a log bears.
  private func bounded(_ findings: [GoldenFinding]) -> (String, [Evidence]) {
    let lines = findings.flatMap {
      $0.description.split(separator: "\n", omittingEmptySubsequences: false)
    }
    var shown: [String] = []
    var bytes = 0
    for line in lines.prefix(Self.maximumLines) {
      let line = "  " + String(line).cut(to: 1_000)
      bytes += line.utf8.count + 1
      guard bytes <= Self.maximumBytes else { break }
      shown.append(line)
    }
    guard shown.count < lines.count else { return (shown.joined(separator: "\n"), []) }
    shown.append("  … (+\(lines.count - shown.count) lines)")
    let whole = lines.joined(separator: "\n") + "\n"
    return (shown.joined(separator: "\n"), [Evidence(name: "differences.txt", text: whole)])
  }
}
