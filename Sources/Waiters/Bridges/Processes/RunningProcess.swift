import HarnessProcess
import HarnessReporting

/// A child process in the scope of ``withProcess(_:_:environment:workingDirectory:input:grace:fileID:filePath:line:column:_:)``:
/// what it writes, and how it ends.
public final class RunningProcess: Sendable {
  /// What the process writes, line by line, on both streams in the order in which it was read.
  ///
  /// It is closed with ``ProcessEnded`` when the process has ended, after the last line that it wrote
  /// itself: a wait for a line that can no longer come fails at once, and says how the process ended.
  public let lines: Mailbox<ProcessLine>
  /// The end of the process, for a wait that decides itself, and as the event after which nothing comes.
  ///
  /// ``exit(within:fileID:filePath:line:column:)`` says more when it fails.
  public let ended: Signal<ProcessExit>
  /// The name of the program, without its folder.
  public let name: String
  private let child: ChildProcess
  private let end: Channel<SignalState<ProcessExit>>

  init(_ name: String, _ child: ChildProcess, _ told: ProcessTelling) {
    self.name = name
    self.child = child
    lines = told.lines
    ended = told.ended
    end = told.end
  }

  /// The number of the process, which is that of its group as well.
  public var id: Int32 { child.id }

  /// What the process has written to standard output so far; of much, the beginning and the end.
  public var standardOutput: String { child.output(of: .standardOutput).text }

  /// What the process has written to standard error so far; of much, the beginning and the end.
  public var standardError: String { child.output(of: .standardError).text }

  /// Asks the process and its group to end, with SIGTERM, and ends them with SIGKILL after its grace.
  ///
  /// This does not wait, and calling it again changes nothing. The end of the scope does it by itself.
  public func terminate() {
    child.terminate()
  }

  /// Waits until the process has ended; what it wrote is in ``lines`` by then.
  ///
  /// Without `within:` the ``withDeadline(_:_:fileID:filePath:line:column:_:)`` scope says how long, and
  /// outside of every scope it is 10 s. When the deadline passes or the task is cancelled, the test fails
  /// at the caller's line with the end of the output, and the wait throws.
  ///
  /// - Returns: How it ended, which is the caller's to judge.
  @discardableResult
  public func exit(
    within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws -> ProcessExit {
    try await exit(
      within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// Waits until the process has ended, and fails the test where it does not end like this.
  ///
  /// ```swift
  /// try await process.expectExit(.exited(0))
  /// ```
  ///
  /// The failure shows the end of the output, and keeps all of it as evidence. The deadline is that of
  /// ``exit(within:fileID:filePath:line:column:)``.
  public func expectExit(
    _ expected: ProcessExit, within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws {
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    let exit = try await exit(within: duration, at: site)
    guard exit != expected else { return }
    let report = ProcessReport(name: name, process: child)
    throw await end.reporter.error(
      recording: report.failure("ended with \(exit), expected \(expected)", at: site))
  }

  private func exit(within duration: Duration?, at site: CallSite) async throws -> ProcessExit {
    let report = ProcessReport(name: name, process: child)
    return try await end.value(of: (), "the end of", within: duration, at: site) { _ in
      let account = WaitAccount(
        sections: report.sections,
        advice:
          "see what it waits for; `terminate()` asks a process to end that does not by itself",
        journal: report.journal)
      return (account, nil)
    }
  }
}

/// What is told of a process from its own thread.
struct ProcessTelling: Sendable {
  let name: String
  let lines: Mailbox<ProcessLine>
  let ended: Signal<ProcessExit>
  let end: Channel<SignalState<ProcessExit>>

  init(_ name: String, at site: CallSite) {
    self.name = name
    lines = Mailbox(
      "lines of \(name)", fileID: site.fileID, filePath: site.filePath, line: site.line,
      column: site.column)
    ended = Signal("end of \(name)")
    end = Channel("process", name, SignalState())
  }

  func wrote(_ line: ChildProcess.Line) {
    lines.send(ProcessLine(line))
  }

  func ended(_ status: ProcessStatus) {
    let exit = ProcessExit(status)
    lines.close(throwing: ProcessEnded(name: name, exit: exit))
    end.point.update { $0.send(exit) }
    ended.send(exit)
  }
}
