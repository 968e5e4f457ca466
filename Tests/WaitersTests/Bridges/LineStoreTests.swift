import HarnessReporting
import Testing

@testable import Waiters

@Suite struct `The lines of a process` {
  private let box = Mailbox<ProcessLine>("lines", limit: 3, site: CallSite())

  private func texts(_ mailbox: Mailbox<ProcessLine>) async -> [String] {
    var texts: [String] = []
    while let line = await mailbox.outcomeOfNext(within: .zero).value { texts.append(line.text) }
    return texts
  }

  @Test func `fail nobody who does not ask for them, however many they are`() async {
    let lines = LineStore(limit: 3, box)
    for number in 1...5 { lines.send(ProcessLine("\(number)")) }
    // Had they gone to the mailbox, it would have failed this test.
    #expect(await texts(lines.mailbox) == ["3", "4", "5"])
  }

  @Test func `are all there from the moment that they are asked for`() async throws {
    let lines = LineStore(limit: 3, box)
    lines.send(ProcessLine("before"))
    #expect(lines.mailbox === box)
    lines.send(ProcessLine("after"))
    #expect(await texts(box) == ["before", "after"])
    lines.close(throwing: ProcessEnded(name: "sh", exit: .exited(4)))
    guard case .closed = await box.outcomeOfNext(within: .zero) else {
      Issue.record("the mailbox is open")
      return
    }
  }

  @Test func `are closed where the process has ended before they are asked for`() async throws {
    let lines = LineStore(limit: 3, box)
    lines.send(ProcessLine("last"))
    lines.close(throwing: ProcessEnded(name: "sh", exit: .exited(4)))
    #expect(await texts(lines.mailbox) == ["last"])
    let report = try #require(await lines.mailbox.outcomeOfNext(within: .zero).report)
    #expect(report.closeError as? ProcessEnded != nil)
  }
}
