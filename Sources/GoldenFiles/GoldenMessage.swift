import Foundation
import HarnessJSON
import HarnessReporting

/// The texts of failures: what differed, then where the candidate lies and how to accept it.
struct GoldenMessage {
  let file: GoldenFile

  /// What fits into a failure; the whole text goes along as evidence.
  private static let maximumLines = 200
  private static let maximumBytes = 16 << 10

  func missing(_ candidate: [UInt8], trouble: String?) -> GoldenOutcome {
    .failed(
      message: "there is no golden file \(file.displayPath)\n\(help("missing", trouble))",
      evidence: [attachment(candidate)])
  }

  func different(
    _ differences: [GoldenFinding], _ candidate: [UInt8], trouble: String?
  ) -> GoldenOutcome {
    let (text, evidence) = bounded(differences)
    return .failed(
      message:
        "differs from the golden file \(file.displayPath)\n\(text)\n\(help("changed", trouble))",
      evidence: evidence + [attachment(candidate)])
  }

  /// The candidate has a file of its own already.
  private func attachment(_ candidate: [UInt8]) -> Evidence {
    Evidence(attaching: file.url.lastPathComponent, bytes: candidate)
  }

  /// A missing file beside which there is one of nearly the same name.
  func namesake(_ name: String) -> GoldenOutcome {
    let missing = file.url.lastPathComponent
    return .failed(
      message: """
        there is no golden file \(file.displayPath), but one whose name differs by letter case alone
          here   \(missing)
          there  \(name)
          try    the same letters for both: some file systems take them for one
        """, evidence: [])
  }

  func claimed(
    by other: GoldenClaims.Claim, here site: CallSite, test: RunningTest?
  ) -> GoldenOutcome {
    func place(_ place: String, _ test: String?) -> String {
      test.map { "\(place), \($0)" } ?? place
    }
    let here = place("\(site)", test?.specifier)
    let there = place(other.place, other.test)
    guard other.path == file.path else {
      return .failed(
        message: """
          two golden files have names that differ by letter case alone
            here   \(file.displayPath) (\(here))
            there  \(Artifacts.displayPath(URL(fileURLWithPath: other.path))) (\(there))
            try    another name: some file systems take them for one
          """, evidence: [])
    }
    return .failed(
      message: """
        two places share the golden file \(file.displayPath)
          here   \(here)
          there  \(there)
          try    named: "…", another for each
        """, evidence: [])
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

  /// How to accept the candidate; where it could not be stored, why, and the other way.
  private func help(_ mode: String, _ trouble: String?) -> String {
    if let trouble {
      return """
          candidate cannot be written to \(Artifacts.displayPath(file.candidate)): \(trouble)
          accept    UPDATE_GOLDEN=\(mode) swift test
        """
    }
    return """
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
    let whole = findings.map { $0.whole + "\n" }.joined()
    let count = whole.utf8.count { $0 == UInt8(ascii: "\n") }
    shown.append("  … (+\(max(1, count - shown.count)) lines)")
    return (shown.joined(separator: "\n"), [Evidence(name: "differences.txt", text: whole)])
  }
}
