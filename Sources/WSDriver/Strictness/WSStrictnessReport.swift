import HTTPDriver

/// Says which rules a server does not keep to.
struct WSStrictnessReport: Sendable {
  let path: String
  let verdicts: [WSRuleVerdict]
  /// The names of rules that it is known not to keep to.
  let exceptions: Set<String>
  let strictness: WSStrictness

  /// The text of the failure; nil where all is as it should be.
  var failure: String? {
    let unkept = verdicts.filter(isUnkept)
    let unexpected = unkept.filter { !exceptions.contains($0.rule.name) }
    // One that could not be asked may be kept or not.
    let skipped = verdicts.filter { $0.grade == .skipped }
    let kept = exceptions.subtracting((unkept + skipped).map(\.rule.name)).sorted()
    if unexpected.isEmpty && kept.isEmpty { return nil }
    let place = Excerpt.line(path, limit: 200)
    var lines: [String] = []
    if unexpected.isEmpty {
      lines.append("WebSocket \(place): rules are kept that are listed as exceptions")
    } else {
      lines.append(
        "WebSocket \(place): \(unexpected.count) of \(verdicts.count) rules are not kept")
    }
    for verdict in unexpected {
      lines.append(
        Excerpt.row(verdict.grade == .broken ? "broken" : "lenient", verdict.rule.name))
      lines.append(Excerpt.row("", "\(verdict.finding) (\(verdict.rule.source))"))
    }
    for name in kept {
      let isKnown = verdicts.contains { $0.rule.name == name }
      lines.append(Excerpt.row(isKnown ? "kept" : "unknown", name))
    }
    if !kept.isEmpty { lines.append(Excerpt.row("try", "take these off the exceptions")) }
    return lines.joined(separator: "\n")
  }

  private func isUnkept(_ verdict: WSRuleVerdict) -> Bool {
    switch verdict.grade {
    case .broken: true
    case .lenient: strictness == .exactCodes
    case .kept, .skipped: false
    }
  }
}
