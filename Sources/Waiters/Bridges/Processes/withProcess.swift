import HarnessProcess
import HarnessReporting

/// Starts a program, runs `body` with it, and ends it: when this returns, nothing is left of it.
///
/// ```swift
/// try await withProcess("/usr/bin/env", ["migrate", "--to", "42"]) { migration in
///   _ = try await migration.lines.first { $0.text.hasPrefix("at 42") }
///   try await migration.expectExit(.exited(0))
/// }
/// ```
///
/// It runs in a process group of its own, with the variables of this process and those in `environment`, and
/// with no descriptor of this process but its own three. When `body` returns or throws, and when the task is
/// cancelled, the group is sent SIGTERM, and SIGKILL after `grace`. What has left the group, as a
/// daemon does, is out of reach. How the program ended is the test's to judge, by
/// ``RunningProcess/exit(within:fileID:filePath:line:column:)``.
///
/// The program is a path, or a name that is looked up in `PATH`. It runs in `workingDirectory`, or where this
/// process does, and reads `input` from standard input, which then ends. A service that tells where it
/// listens is started by `withServiceProcess` of `HTTPDriver`.
///
/// - Returns: What `body` returns.
/// - Throws: After the test has failed at this line, when the program cannot be started; what `body` throws.
@discardableResult
public func withProcess<R>(
  _ executable: String, _ arguments: [String] = [], environment: [String: String] = [:],
  workingDirectory: String? = nil, input: String = "", grace: Duration = .seconds(5),
  fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
  column: UInt = #column, _ body: (RunningProcess) async throws -> R
) async throws -> R {
  let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
  let command = Command(
    executable, arguments, environment: .inherited(with: environment),
    workingDirectory: workingDirectory, input: Array(input.utf8), grace: grace)
  let name = executable.split(separator: "/").last.map(String.init) ?? executable
  let told = ProcessTelling(name, at: site)
  do {
    return try await withProcess(command, onLine: told.wrote, onExit: told.ended) { child in
      told.started(child)
      defer { told.scopeEnds() }
      return try await body(RunningProcess(child, told))
    }
  } catch let error as LaunchError {
    throw await Reporter().error(recording: Failure("\(error)", at: site))
  }
}
