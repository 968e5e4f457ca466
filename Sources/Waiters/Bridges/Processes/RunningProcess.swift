import HarnessLock
import HarnessProcess
import HarnessReporting

/// A child process in the scope of ``withProcess(_:_:environment:workingDirectory:input:grace:fileID:filePath:line:column:_:)``:
/// what it writes, and how it ends.
public final class RunningProcess: Sendable {
  /// The name of the program, without its folder.
  public let name: String
  /// What the process writes, line by line, on both streams in the order in which it was read.
  ///
  /// It is closed with ``ProcessEnded`` when the process has ended, after the last line that it wrote
  /// itself: a wait for a line that can no longer come fails at once, and says how the process ended.
  ///
  /// The lines are kept from the start; a process of which nobody asks for them may write as many as it likes, and
  /// only the last 1,000,000 are kept then. From the first use of this property on the mailbox has its limit: one
  /// that holds 1,000,000 lines which no wait has taken fails the test, as in ``Mailbox/send(_:)``.
  public var lines: Mailbox<ProcessLine> { told.lines.mailbox }
  /// The end of the process: for a wait that decides itself, and as a ``Fence``, since nothing that the
  /// process does comes after it.
  public let ended: Signal<ProcessExit>
  private let child: ChildProcess
  private let told: ProcessTelling

  init(_ child: ChildProcess, _ told: ProcessTelling) {
    (name, ended) = (told.name, told.ended)
    self.told = told
    self.child = child
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
    try await ended.value(
      within: duration, fileID: fileID, filePath: filePath, line: line, column: column)
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
    let exit = try await exit(
      within: duration, fileID: fileID, filePath: filePath, line: line, column: column)
    guard exit != expected else { return }
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    let report = ProcessReport(name: name, process: child)
    throw await ended.channel.reporter.error(
      recording: report.failure("ended with \(exit), expected \(expected)", at: site))
  }
}
