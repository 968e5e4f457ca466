import HarnessLock
import Testing

@testable import Waiters

@Suite struct `A snapshot of the process` {
  private let before = ProcessSnapshot(
    descriptors: [
      1: DescriptorTarget(identity: "a", description: "one"),
      2: DescriptorTarget(identity: "b", description: "two"),
    ],
    threads: [10: .init(name: "main", waitsIn: "")],
    environment: ["HOME": "/home", "LANG": "C", "PATH": "/bin"], workingDirectory: "/build",
    temporary: .init(path: "/private", isShared: false, entries: ["old": "a folder"]))

  private func texts(_ change: (inout ProcessSnapshot) -> Void) -> [String] {
    var after = before
    change(&after)
    return after.findings(since: before).map { "\($0.kind.label) \($0.text)" }
  }

  @Test func `finds nothing where nothing has changed`() {
    #expect(texts { _ in } == [])
  }

  @Test func `finds new descriptors, and numbers that lead elsewhere`() {
    #expect(
      texts {
        $0.descriptors[2] = DescriptorTarget(identity: "c", description: "other")
        $0.descriptors[9] = DescriptorTarget(identity: "d", description: "/tmp/x")
        $0.descriptors[10] = DescriptorTarget(identity: "e", description: "pipe")
      } == ["descriptor 2: other", "descriptor 9: /tmp/x", "descriptor 10: pipe"])
  }

  @Test func `takes a descriptor for the same where it is called otherwise`() {
    #expect(
      texts { $0.descriptors[2] = DescriptorTarget(identity: "b", description: "renamed") } == [])
  }

  @Test func `does not mind what has gone`() {
    #expect(
      texts {
        $0.descriptors = [:]
        $0.threads = [:]
        $0.temporary.entries = [:]
      } == [])
  }

  @Test func `finds new threads`() {
    #expect(
      texts {
        $0.threads[12] = .init(name: "worker", waitsIn: "futex_do_wait")
        $0.threads[11] = .init(name: "x\ny", waitsIn: "")
      } == [#"thread 11: "x\ny""#, #"thread 12: "worker", in futex_do_wait"#])
  }

  @Test func `finds what has become of variables, and shows no value`() {
    #expect(
      texts {
        $0.environment["LANG"] = "secret"
        $0.environment["PATH"] = nil
        $0.environment["API"] = "secret"
      } == [
        "variable API is set, and was not", "variable LANG has another value",
        "variable PATH is not set, and was",
      ])
  }

  @Test func `finds new waits, which are surely of the test`() {
    let source = Signal<Void>("source")
    let wait = { ProcessSnapshot.Wait(source: ObjectIdentifier(source), number: $0) }
    var before = before
    before.waits = [wait(1): "one"]
    var after = before
    after.waits = [wait(1): "one, longer", wait(3): "three", wait(2): "two"]
    let findings = after.findings(since: before)
    #expect(findings.map(\.text) == ["two", "three"])
    #expect(findings.map(\.origin) == [.test, .test])
  }

  @Test func `counts the new waits that stand behind many`() {
    let source = Signal<Void>("source")
    var before = before
    before.crowds = [ObjectIdentifier(source): .init(count: 15, wanted: "the value of it")]
    var after = before
    after.crowds = [ObjectIdentifier(source): .init(count: 17, wanted: "the value of it")]
    let findings = after.findings(since: before)
    #expect(
      findings.map(\.text)
        == Array(repeating: "one more, behind others for the value of it", count: 2))
    #expect(before.findings(since: after).isEmpty)
  }

  @Test func `does not take waits from before the scope for its own`() async throws {
    let inbox = Mailbox<Int>("inbox")
    let registered = Signal<Void>("registered")
    let count = HarnessLock.Lock(0)
    // Each wait looks at it when it begins.
    inbox.send(0)
    let waits = (0..<15).map { _ in
      Task {
        await inbox.outcomeOfFirst { number in
          if number == 0,
            count.withLock({
              $0 += 1; return $0 == 15
            })
          {
            registered.send()
          }
          return number > 0
        }
      }
    }
    try await registered.value()
    // The last of them is registered, and lets go of the lock.
    _ = inbox.channel.point.withMachine { $0.position }
    // Five of them end, and five that were not among the oldest ten are now.
    expectNothingLeftBehind(.waits) {
      for number in 1...5 { inbox.send(number) }
    }
    inbox.close()
    for wait in waits { _ = await wait.value }
  }

  @Test func `finds another working directory`() {
    #expect(texts { $0.workingDirectory = "/" } == ["folder /, and it was /build"])
  }

  @Test func `finds temporary files, and says whose they may be`() {
    #expect(
      texts { $0.temporary.entries["new"] = "a file of 1 byte" } == [
        "file /private/new, a file of 1 byte"
      ])
    var after = before
    after.temporary.entries["new"] = "a folder"
    after.temporary.isShared = true
    #expect(after.findings(since: before).map(\.origin) == [.machine])
    after.temporary.path = "/elsewhere"
    #expect(after.findings(since: before) == [])
  }
}
