import HarnessReporting

/// What is to be said of what a scope has left behind, and how sure that is.
struct PollutionVerdict: Sendable {
  /// Why it may not have been this test.
  enum Doubt: Sendable, Equatable {
    /// These were at work at the same time.
    case others([String])
    /// Tests run at once, and none was seen; those that use nothing of the harness never are.
    case unseen
  }

  /// The most of a kind that a failure shows; the evidence has all.
  private static let shown = 8

  /// The test; nil where the framework tells no name.
  let test: String?
  let findings: [PollutionFinding]
  let doubt: Doubt?
  /// How long was looked whether the findings go by themselves.
  let settled: Duration

  /// Whether the test is to fail: a check that knows of somebody else who may have done it only warns.
  var isCertain: Bool {
    findings.contains { finding in
      switch finding.origin {
      case .test: true
      case .process: doubt.map { $0 == .unseen } ?? true
      case .machine: false
      }
    }
  }

  func failure(at site: CallSite) -> Failure {
    Failure(
      text, at: site,
      evidence: isCut
        ? [
          Evidence(
            name: "left-behind.txt",
            text: findings.map { "\($0.kind.label)  \($0.text)\n" }.joined())
        ] : [])
  }

  var text: String {
    var lines = ["Left behind\(test.map { " by \($0)" } ?? ""): \(summary)"]
    func add(_ label: String, _ texts: [String]) {
      for (index, text) in texts.enumerated() {
        let label = index == 0 ? label : ""
        lines.append("  \(label)\(String(repeating: " ", count: max(0, 12 - label.count)))\(text)")
      }
    }
    for kind in PollutionKind.allCases {
      let texts = findings.filter { $0.kind == kind }.map(\.text)
      let left = texts.count - Self.shown
      add(kind.label, Array(texts.prefix(Self.shown)) + (left > 0 ? ["… \(left) more"] : []))
    }
    if findings.contains(where: { $0.origin != .machine }) {
      add("waited", ["\(settled.readable) for them to go by themselves"])
    }
    switch findings.contains(where: { $0.origin != .test }) ? doubt : nil {
    case .others(let others):
      let names = others.prefix(5).joined(separator: ", ")
      let left = others.count > 5 ? " and \(others.count - 5) more" : ""
      add("or", ["left by what ran at the same time: \(names)\(left)"])
      add("try", ["run the tests with --no-parallel to know whose they are"])
    case .unseen:
      add(
        "or",
        ["left by another test: this run is parallel, and only those that use the harness are seen"]
      )
      add("try", advice + ["run the tests with --no-parallel to be sure whose they are"])
    case nil where isCertain: add("try", advice)
    case nil: break
    }
    if findings.contains(where: { $0.origin == .machine }) {
      add(
        "shared",
        ["other processes put temporary files there too; name a folder of this run in TMPDIR"])
    }
    return lines.joined(separator: "\n")
  }

  /// What ends, gives back or puts back what was left, for the first kinds that were found.
  private var advice: [String] {
    let found = PollutionKind.allCases.filter { kind in findings.contains { $0.kind == kind } }
    var lines: [String] = []
    for kind in found where !lines.contains(kind.advice) { lines.append(kind.advice) }
    return Array(lines.prefix(2))
  }

  private var summary: String {
    PollutionKind.allCases.compactMap { kind in
      let count = findings.count { $0.kind == kind }
      return count == 0 ? nil : kind.counted(count)
    }.joined(separator: ", ")
  }

  private var isCut: Bool {
    PollutionKind.allCases.contains { kind in findings.count { $0.kind == kind } > Self.shown }
  }
}

extension PollutionKind {
  var label: String {
    switch self {
    case .descriptors: "descriptor"
    case .threads: "thread"
    case .waits: "wait"
    case .environment: "variable"
    case .workingDirectory: "folder"
    case .temporaryFiles: "file"
    }
  }

  fileprivate var advice: String {
    switch self {
    case .descriptors:
      "close what the test opens, also when it fails: with a scope, a `defer`, a `deinit`"
    case .threads: "end and join what the test starts, also when it fails"
    case .waits: "cancel or end the tasks that wait, and await them before the test ends"
    case .environment, .workingDirectory:
      "put back what the test sets, in a `defer`; or hand it to a child process instead"
    case .temporaryFiles: "remove what the test makes in a `defer`, or use `withTemporaryFolder`"
    }
  }

  fileprivate func counted(_ count: Int) -> String {
    switch self {
    case .descriptors: count.counted("descriptor")
    case .threads: count.counted("thread")
    case .waits: count.counted("wait")
    case .environment: count.counted("variable")
    case .workingDirectory: "another working directory"
    case .temporaryFiles: count.counted("temporary file")
    }
  }
}
