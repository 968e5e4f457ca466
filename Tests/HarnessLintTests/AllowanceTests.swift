import Testing

@testable import HarnessLint

@Suite struct `An allowance` {
  /// A source and its findings, each as `line:column rule`.
  struct Case: Sendable, CustomTestStringConvertible {
    let source: String
    let found: [String]
    init(_ source: String, _ found: String...) {
      self.source = source
      self.found = found
    }
    var testDescription: String { source }

    func check(_ location: SourceLocation = #_sourceLocation) throws {
      let findings = try SourceLint.check(Array(source.utf8)).findings
      let shown = findings.map { "\($0.line):\($0.column) \($0.rule)" }
      #expect(shown == found, "\(findings)", sourceLocation: location)
    }
  }

  @Test(arguments: [
    Case("sleep(1)  // harness:allow(sleep): the kernel gives no event"),
    Case("// harness:allow(sleep): the kernel gives no event\nsleep(1)"),
    Case("//harness:allow( sleep ) :the kernel gives no event\n\n// more\nsleep(1)"),
    Case("/* harness:allow(sleep): the kernel gives no event */ sleep(1)"),
    Case("/* harness:allow(sleep): the kernel\n gives no event */\nsleep(1)"),
    Case("// harness:allow(sleep): nothing tells of it\ntry await Task\n  .sleep(for: x)"),
    Case("try await Task\n  .sleep(for: x)  // harness:allow(sleep): nothing tells of it"),
    Case("try await Task  // harness:allow(sleep): nothing tells of it\n  .sleep(for: x)"),
    Case(
      "// harness:allow(sleep): a\n// harness:allow(poll): b\nwhile x { sleep(1); await Task.yield() }"
    ),
    Case("// harness:allow(sleep, poll): both\nwhile x { sleep(1); await Task.yield() }"),
    Case("// harness:allow(sleep): two on a line\nsleep(1); sleep(2)"),
    Case("// harness:allow(sleep): причина\nsleep(1)"),
  ])
  func `lets what it names stand, on its line or the next`(case: Case) throws {
    try `case`.check()
  }

  @Test(arguments: [
    Case("// harness:allow(sleep): a reason\nf()\nsleep(1)", "1:1 allow", "3:1 sleep"),
    Case("f()  // harness:allow(sleep): a reason\nsleep(1)", "1:6 allow", "2:1 sleep"),
    Case("sleep(1)\n// harness:allow(sleep): a reason", "1:1 sleep", "2:1 allow"),
    Case("sleep(1)  // harness:allow(poll): a reason", "1:1 sleep", "1:11 allow"),
    Case("sleep(1)  // harness:allow(sleep, poll): a reason", "1:11 allow"),
    Case("let a = \"// harness:allow(sleep): a reason\"; sleep(1)", "1:46 sleep"),
    Case("/// harness:allow(sleep): a reason\nsleep(1)", "2:1 sleep"),
    Case("/** harness:allow(sleep): a reason */\nsleep(1)", "2:1 sleep"),
    Case("// see harness:allow(sleep): a reason\nsleep(1)", "2:1 sleep"),
  ])
  func `speaks of nothing else, and must have a use`(case: Case) throws { try `case`.check() }

  @Test(arguments: [
    Case("sleep(1)  // harness:allow(sleep)", "1:1 sleep", "1:11 allow"),
    Case("sleep(1)  // harness:allow(sleep):", "1:1 sleep", "1:11 allow"),
    Case("sleep(1)  // harness:allow(sleep): - .", "1:1 sleep", "1:11 allow"),
    Case("sleep(1)  /* harness:allow(sleep): */", "1:1 sleep", "1:11 allow"),
    Case("sleep(1)  // harness:allow(sleep) a reason", "1:1 sleep", "1:11 allow"),
    Case("sleep(1)  // harness:allow sleep: a reason", "1:1 sleep", "1:11 allow"),
    Case("sleep(1)  // harness:allow(sleep", "1:1 sleep", "1:11 allow"),
    Case("sleep(1)  // harness:allow(nap): a reason", "1:1 sleep", "1:11 allow"),
    Case("sleep(1)  // harness:allow(): a reason", "1:1 sleep", "1:11 allow"),
    Case("f()  // harness:allowance, and harness:allowed"),
  ])
  func `must name a rule and a reason`(case: Case) throws { try `case`.check() }
}
