import HarnessReporting
import Testing

@testable import Waiters

@Suite struct `The verdict on what was left behind` {
  private func finding(
    _ kind: PollutionKind, _ text: String, of origin: PollutionFinding.Origin = .process
  ) -> PollutionFinding {
    PollutionFinding(kind: kind, text: text, origin: origin)
  }

  private func verdict(
    _ findings: [PollutionFinding], _ doubt: PollutionVerdict.Doubt? = nil, test: String? = "`t`()"
  ) -> PollutionVerdict {
    PollutionVerdict(
      test: test, findings: findings, doubt: doubt, settled: .milliseconds(500))
  }

  @Test func `names what and how it can be recognized`() {
    let verdict = verdict([
      finding(.descriptors, "7: tcp socket, listening at 127.0.0.1:8080"),
      finding(.threads, #"4711: "worker", in futex_do_wait"#),
      finding(.environment, "API is set, and was not"),
      finding(.workingDirectory, "/, and it was /build"),
      finding(.temporaryFiles, "/run/x, a folder"),
      finding(.descriptors, "9: /tmp/x"),
    ])
    #expect(verdict.isCertain)
    #expect(
      verdict.text == """
        Left behind by `t`(): 2 descriptors, 1 thread, 1 variable, another working directory, 1 temporary file
          descriptor  7: tcp socket, listening at 127.0.0.1:8080
                      9: /tmp/x
          thread      4711: "worker", in futex_do_wait
          variable    API is set, and was not
          folder      /, and it was /build
          file        /run/x, a folder
          waited      500 ms for them to go by themselves
          try         close what the test opens, also when it fails: with a scope, a `defer`, a `deinit`
                      end and join what the test starts, also when it fails
        """)
  }

  @Test func `only warns where others were seen`() {
    let verdict = verdict(
      [finding(.descriptors, "7: /tmp/x")], .others((1...7).map { "test\($0)()" }), test: nil)
    #expect(!verdict.isCertain)
    #expect(
      verdict.text == """
        Left behind: 1 descriptor
          descriptor  7: /tmp/x
          waited      500 ms for them to go by themselves
          or          left by what ran at the same time: test1(), test2(), test3(), test4(), test5() and 2 more
          try         run the tests with --no-parallel to know whose they are
        """)
  }

  @Test func `says that there may be others who are not seen`() {
    let verdict = verdict([finding(.descriptors, "7: /tmp/x")], .unseen)
    #expect(verdict.isCertain)
    #expect(
      verdict.text == """
        Left behind by `t`(): 1 descriptor
          descriptor  7: /tmp/x
          waited      500 ms for them to go by themselves
          or          left by another test: this run is parallel, and only those that use the harness are seen
          try         close what the test opens, also when it fails: with a scope, a `defer`, a `deinit`
                      run the tests with --no-parallel to be sure whose they are
        """)
  }

  @Test func `is certain of the waits of the test, whoever else runs`() {
    let wait = finding(.waits, #"an event from Mailbox "inbox", 500 ms, T.swift:7"#, of: .test)
    let verdict = verdict([wait], .others(["other()"]))
    #expect(verdict.isCertain)
    #expect(
      verdict.text == """
        Left behind by `t`(): 1 wait
          wait        an event from Mailbox "inbox", 500 ms, T.swift:7
          waited      500 ms for them to go by themselves
          try         cancel or end the tasks that wait, and await them before the test ends
        """)
    let both = self.verdict([wait, finding(.descriptors, "7: /tmp/x")], .others(["other()"]))
    #expect(both.isCertain)
    #expect(both.text.contains("or          left by what ran at the same time: other()"))
  }

  @Test func `only warns where nothing but a shared folder has something new`() {
    let file = finding(.temporaryFiles, "/tmp/x, a folder", of: .machine)
    #expect(!verdict([file]).isCertain)
    #expect(verdict([file, finding(.environment, "API is set, and was not")]).isCertain)
    #expect(
      verdict([file]).text == """
        Left behind by `t`(): 1 temporary file
          file        /tmp/x, a folder
          shared      other processes put temporary files there too; name a folder of this run in TMPDIR
        """)
  }

  @Test func `shows some of many, and keeps all as evidence`() {
    let verdict = verdict((1...20).map { finding(.descriptors, "\($0): /tmp/x") })
    #expect(verdict.text.contains("\n              8: /tmp/x\n              … 12 more\n"))
    let evidence = verdict.failure(at: CallSite()).evidence
    #expect(evidence.map(\.name) == ["left-behind.txt"])
    #expect(evidence.first?.bytes.split(separator: UInt8(ascii: "\n")).count == 20)
    #expect(
      self.verdict([finding(.descriptors, "1: /tmp/x")]).failure(at: CallSite()).evidence.isEmpty)
  }
}
