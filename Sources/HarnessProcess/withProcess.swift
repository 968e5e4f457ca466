/// Starts a program, runs `body` with it, and ends it: when this returns, nothing is left of it.
///
/// When `body` returns or throws, and when the task is cancelled, the process group is sent SIGTERM, and
/// SIGKILL when the command's grace has passed. `onLine` and `onExit` run on the process's own thread, so
/// they must be short, as `mailbox.send` is; `onExit` comes after every line that the process wrote itself.
/// What has left the group, as a daemon does, is out of reach.
///
/// Throws ``LaunchError`` when the program cannot be started, and what `body` throws.
package func withProcess<R>(
  _ command: Command, onLine: (@Sendable (ChildProcess.Line) -> Void)? = nil,
  onExit: @escaping @Sendable (ProcessStatus) -> Void = { _ in },
  _ body: (ChildProcess) async throws -> R
) async throws -> R {
  try await withProcess(command, watch: .automatic, onLine: onLine, onExit: onExit, body)
}

func withProcess<R>(
  _ command: Command, watch: Launch.ExitWatch,
  onLine: (@Sendable (ChildProcess.Line) -> Void)? = nil,
  onExit: @escaping @Sendable (ProcessStatus) -> Void = { _ in },
  _ body: (ChildProcess) async throws -> R
) async throws -> R {
  let process = try ChildProcess(command, watch: watch, onLine: onLine, onExit: onExit)
  do {
    let result = try await withTaskCancellationHandler {
      try await body(process)
    } onCancel: {
      process.terminate()
    }
    await process.dismiss()
    return result
  } catch {
    await process.dismiss()
    throw error
  }
}

/// Runs a program to its end.
///
/// Cancelling the task ends the program. Throws ``LaunchError`` when it cannot be started; an exit status
/// other than 0 is the caller's to judge.
package func run(_ command: Command) async throws -> CompletedProcess {
  try await withProcess(command) { process in
    let status = await process.exit()
    return CompletedProcess(
      status: status, standardOutput: process.output(of: .standardOutput),
      standardError: process.output(of: .standardError))
  }
}

/// How a program ended and what it wrote.
package struct CompletedProcess: Sendable {
  /// How it ended.
  package let status: ProcessStatus
  /// What it wrote to standard output.
  package let standardOutput: CapturedOutput
  /// What it wrote to standard error.
  package let standardError: CapturedOutput
}
