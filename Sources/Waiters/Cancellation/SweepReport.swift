/// Puts a sweep into words: a table with a line for each crossing and each finding, then what to try.
struct SweepReport: Sendable {
  private struct Row {
    let lines: [String]
    let hasFindings: Bool
  }

  private let header: String
  private let rows: [Row]
  private let footer: [String]

  init(_ sweep: CancellationSweep) {
    header = Self.header(of: sweep)
    footer = Self.footer(of: sweep)
    rows = Self.rows(of: sweep)
  }

  /// The text in at most so many lines: where they are too few, rows without findings go first, then the
  /// last of the others, and what was left out is counted.
  func text(lineLimit: Int) -> String {
    if fits(lineLimit) { return full }
    let room = lineLimit - 2 - footer.count
    var lines: [String] = []
    var shown = 0
    for row in rows where row.hasFindings {
      if lines.isEmpty, row.lines.count > room {
        // One round that has more to tell than there is room for.
        let part = row.lines.prefix(room - 1)
        lines = part + ["  … \(row.lines.count - part.count) lines of this round"]
      } else {
        guard lines.count + row.lines.count <= room else { break }
        lines += row.lines
      }
      shown += 1
    }
    let bad = rows.count(where: \.hasFindings) - shown
    let good = rows.count { !$0.hasFindings }
    let left = [(bad, " with findings"), (good, " without")].filter { $0.0 > 0 }
      .map { "\($0.0.counted("round"))\($0.1)" }.joined(separator: ", ")
    return ([header] + lines + (left.isEmpty ? [] : ["  … \(left)"]) + footer)
      .joined(separator: "\n")
  }

  /// Whether the whole text has at most so many lines.
  func fits(_ lineLimit: Int) -> Bool {
    1 + rows.reduce(0) { $0 + $1.lines.count } + footer.count <= lineLimit
  }

  /// All of it.
  var full: String { ([header] + rows.flatMap(\.lines) + footer).joined(separator: "\n") }

  private static func header(of sweep: CancellationSweep) -> String {
    let name = sweep.name.isEmpty ? "The operation" : shown(sweep.name, cutAt: 60)
    guard sweep.crossings > 0 else {
      return "\(name) came to no point that it could be cancelled at"
    }
    let bad = sweep.rounds.count { !$0.findings.isEmpty }
    let none = sweep.stop == .covered ? "no findings" : "no findings, and not covered"
    let findings = bad == 0 ? none : "findings in \(bad.counted("round"))"
    return "\(name) was cancelled at \(sweep.crossings.counted("crossing")): \(findings)"
  }

  private static func rows(of sweep: CancellationSweep) -> [Row] {
    let cells = sweep.rounds.enumerated().map { index, round in
      [
        round.point == nil ? "-" : "\(index + 1)",
        round.point.map { "\($0)" } ?? "not cancelled",
        "\(round.outcome)",
      ]
    }
    let widths = (0..<3).map { column in cells.map { $0[column].count }.max() ?? 0 }
    return zip(cells, sweep.rounds).map { cells, round in
      let number = String(repeating: " ", count: widths[0] - cells[0].count) + cells[0]
      let start =
        "  \(number)  \(cells[1].padded(to: widths[1]))  \(cells[2].padded(to: widths[2]))"
      let blank = String(repeating: " ", count: start.count)
      // What is known of a finding stands below it, a little further in.
      let findings = round.findings.flatMap { finding in
        finding.lines.enumerated().map { $0 == 0 ? $1 : "  \($1)" }
      }
      let lines = findings.enumerated().map { "\($0 == 0 ? start : blank)  \($1)" }
      return Row(lines: lines.isEmpty ? [start.trimmed] : lines, hasFindings: !lines.isEmpty)
    }
  }

  private static func footer(of sweep: CancellationSweep) -> [String] {
    var lines: [String] = []
    var advice: [String] = []
    switch sweep.stop {
    case .covered: break
    case .limit:
      lines.append("  stopped   there are more than \(sweep.limit.counted("crossing"))")
      advice.append("raise `atMost:`, or let the operation cross fewer points")
    case .unfinished:
      lines.append("  stopped   after \(SweepPlan.unfinishedLimit) rounds that did not end")
    case .stuck: lines.append("  stopped   the rounds after it would be stuck as well")
    }
    if let note = sweep.difference { lines.append("  note      \(note)") }
    if sweep.crossings == 0 {
      advice.append("cross a point of the lab, such as `try await lab.point(\"begin\")`")
    }
    let codes = sweep.rounds.flatMap(\.findings).map(\.code)
    advice += CancellationFinding.Code.allCases.filter(codes.contains).map(\.advice)
    for (index, line) in advice.prefix(3).enumerated() {
      lines.append("  \(index == 0 ? "try" : "   ")       \(line)")
    }
    return lines
  }
}

extension CancellationSweep {
  /// Where two rounds did not cross the same points, so that "every crossing" is not all there is.
  fileprivate var difference: String? {
    for (index, pair) in zip(rounds, rounds.dropFirst()).enumerated() {
      for (crossing, points) in zip(pair.0.points, pair.1.points).enumerated()
      where points.0.name != points.1.name {
        return """
          crossing \(crossing + 1) was \(points.0) in round \(index + 1) and \(points.1) in the next: \
          the rounds differ
          """
      }
    }
    return nil
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }

  /// Without spaces at the end.
  fileprivate var trimmed: String {
    String(self[..<(lastIndex { $0 != " " }.map { index(after: $0) } ?? startIndex)])
  }
}
