import HarnessProcess
import HarnessReporting
import ProblemJSON

/// Writes the failure of a service process: what happened, then the end of its output.
struct ServiceReport {
  private static let shownLines = 20

  let name: String
  let process: ChildProcess

  func failure(_ what: String, at site: CallSite) -> Failure {
    var lines = ["\(name): \(what)"]
    var evidence: [Evidence] = []
    for (stream, label) in [
      (ChildProcess.Stream.standardOutput, "output"), (.standardError, "error"),
    ] {
      let text = process.output(of: stream).text
      guard !text.isEmpty else { continue }
      let all = text.split(separator: "\n")
      if all.count > Self.shownLines {
        lines.append(Excerpt.row(label, "… (\(all.count - Self.shownLines) lines before)"))
      }
      for (index, line) in all.suffix(Self.shownLines).enumerated() {
        let isFirst = index == 0 && all.count <= Self.shownLines
        lines.append(Excerpt.row(isFirst ? label : "", Excerpt.line(String(line), limit: 400)))
      }
      evidence.append(Evidence(name: "service-\(label).txt", text: text.withSecretsMasked))
    }
    if evidence.isEmpty { lines.append(Excerpt.row("output", "none")) }
    return Failure(lines.joined(separator: "\n"), at: site, evidence: evidence)
  }
}
