extension FailingRun {
  /// Reads `✘ Test body() recorded an issue at F.swift:8:60: Issue recorded` and the text below it.
  static func swiftTestingIssues(in output: String) -> [RecordedIssue] {
    var issues: [RecordedIssue] = []
    var open: (test: String, place: String, lines: [String])?
    func close() {
      if let open {
        issues.append(
          RecordedIssue(
            test: open.test, place: open.place, message: open.lines.joined(separator: "\n")))
      }
      open = nil
    }
    for line in output.split(separator: "\n", omittingEmptySubsequences: false) {
      if let header = line.firstMatch(
        of: #/^✘ Test (.+?) recorded an issue(?: with .+?)? at (\S+?):(\d+):\d+: (.*)$/#)
      {
        close()
        open = (String(header.1), "\(header.2):\(header.3)", [])
        if header.4.hasPrefix("Caught error") { open?.lines.append(String(header.4)) }
      } else if open != nil, line.hasPrefix("↳ ") {
        open?.lines.append(String(line.dropFirst(2)))
      } else if open?.lines.isEmpty == false, line.hasPrefix("  ") || line.isEmpty {
        // Continuation lines are indented by four where they were not when recorded by two.
        open?.lines.append(String(line.dropFirst(2)))
      } else {
        close()
      }
    }
    close()
    return issues
  }

  /// Reads `/path/F.swift:8: error: Suite.test : failed - text` and the lines below it.
  static func xctestIssues(in output: String) -> [RecordedIssue] {
    var issues: [RecordedIssue] = []
    var isOpen = false
    for line in output.split(separator: "\n", omittingEmptySubsequences: false) {
      if let header = line.firstMatch(of: #/^\S*?([^/]+:\d+): error: (\S+) : (.*)$/#) {
        let text = header.3
          .replacing(#/^failed - /#, with: "")
          .replacing(#/^XCTUnwrap failed: expected non-nil value of type "Bool" - /#, with: "")
        issues.append(
          RecordedIssue(
            test: String(header.2), place: String(header.1), message: String(text)))
        isOpen = true
      } else if isOpen, line.hasPrefix("  "), let last = issues.popLast() {
        issues.append(
          RecordedIssue(
            test: last.test, place: last.place, message: last.message + "\n" + line))
      } else {
        isOpen = false
      }
    }
    return issues
  }
}
