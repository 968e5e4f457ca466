package import HarnessProcess
package import HarnessReporting

/// Writes the failure of a process: what happened, then the end of its output.
package struct ProcessReport: Sendable {
  private static let shownLines = 20

  /// The program, as failures call it.
  let name: String
  let process: ChildProcess

  package init(name: String, process: ChildProcess) {
    self.name = name
    self.process = process
  }

  /// The failure; all of the output that was kept goes along as evidence.
  package func failure(_ what: String, at site: CallSite) -> Failure {
    var lines = ["\(name): \(what)"]
    for section in sections {
      for (index, line) in section.lines.enumerated() {
        let label = index == 0 ? section.label : ""
        lines.append("  \(label)\(String(repeating: " ", count: max(0, 10 - label.count)))\(line)")
      }
    }
    return Failure(lines.joined(separator: "\n"), at: site, evidence: evidence)
  }

  /// The last lines of either stream; of a program that broke down, those from where it says why.
  var sections: [WaitAccount.Section] {
    let sections = Self.streams.compactMap { stream, label in
      Self.section(label, process.output(of: stream).text)
    }
    return sections.isEmpty ? [.init(label: "output", lines: ["none"])] : sections
  }

  var evidence: [Evidence] {
    Self.streams.compactMap { stream, label in
      let text = process.output(of: stream).text
      return text.isEmpty
        ? nil : Evidence(name: "process-\(label).txt", text: text.withSecretsMasked)
    }
  }

  /// The output that was kept, of both streams; nil where the sections show all of it.
  var journal: String? {
    guard
      Self.streams.contains(where: { stream, _ in
        process.output(of: stream).text.split(separator: "\n").count > Self.shownLines
      })
    else { return nil }
    return evidence.map { "--- \($0.name)\n\(String(decoding: $0.bytes, as: UTF8.self))\n" }
      .joined()
  }

  private static let streams: [(ChildProcess.Stream, String)] = [
    (.standardOutput, "output"), (.standardError, "error"),
  ]

  private static func section(_ label: String, _ text: String) -> WaitAccount.Section? {
    guard !text.isEmpty else { return nil }
    let all = text.split(separator: "\n")
    let start = all.lastIndex { $0.contains("Fatal error: ") } ?? max(0, all.count - shownLines)
    let shown = all[start...].prefix(shownLines)
    var lines = shown.map { line(String($0)) }
    if shown.startIndex > 0 { lines.insert("… (\(shown.startIndex) lines before)", at: 0) }
    let left = all.count - shown.endIndex
    if left > 0 { lines.append("… (\(left) lines behind)") }
    return .init(label: label, lines: lines)
  }

  /// A line as it was written, without quotation marks: what it shows is its own.
  private static func line(_ text: String) -> String {
    shown(Substring(text.withSecretsMasked), cutAt: 400)
  }
}
