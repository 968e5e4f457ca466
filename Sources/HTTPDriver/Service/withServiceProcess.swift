import HarnessProcess
import HarnessReporting
import Waiters

/// Starts a service as a child process, waits until it says where it listens, runs `body` with it, and stops
/// it.
///
/// ```swift
/// try await withServiceProcess(".build/debug/daily-reports", arguments: ["--port", "0"]) { service in
///   try await HTTPDriver(service.address).get("/health").expect(status: .ok)
/// }
/// ```
///
/// Let the service choose its port by listening on port 0: no other choice is free of races. It runs in a
/// process group of its own, with the variables of this process and those in `environment`. In the end it
/// is sent SIGTERM, and SIGKILL after five seconds. `within:` is how long it has to become ready.
///
/// - Returns: What `body` returns.
/// - Throws: After the test has failed at this line, with the exit status and the end of the output: when
///   the service cannot be started, is not ready by the deadline, ends while `body` runs, or does not end
///   with status 0 or by SIGTERM. What `body` throws.
@discardableResult
public func withServiceProcess<R>(
  _ executable: String, arguments: [String] = [], environment: [String: String] = [:],
  workingDirectory: String? = nil, ready: ServiceReadiness = .address(after: "listening on "),
  within duration: Duration? = nil, fileID: StaticString = #fileID,
  filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column,
  _ body: (ServiceProcess) async throws -> R
) async throws -> R {
  let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
  let reporter = Reporter()
  let name = executable.split(separator: "/").last.map(String.init) ?? executable
  let deadline = Deadline.effective(within: duration)
  let start = Signal<ServiceStart>("start of \(name)")
  let command = Command(
    executable, arguments, environment: .inherited(with: environment),
    workingDirectory: workingDirectory)
  do {
    return try await withProcess(
      command,
      onLine: { line in
        if let address = ready.address(line.text) { start.send(.ready(address)) }
      },
      onExit: { status in start.send(.ended(status)) }
    ) { process in
      func failure(_ what: String) async -> any Error {
        await reporter.error(
          recording: ProcessReport(name: name, process: process).failure(what, at: site))
      }
      switch await start.outcome(within: duration) {
      case .value(.ready(let address)):
        return try await run(body, ServiceProcess(address: address, process: process), failure)
      case .value(.ended(let status)):
        throw await failure("ended with \(status) before it was ready")
      case .timedOut, .closed:
        throw await failure("not ready within \(deadline); waited for \(ready.wanted)")
      case .cancelled: throw CancellationError()
      }
    }
  } catch let error as LaunchError {
    throw await reporter.error(recording: Failure("\(error)", at: site))
  }
}

/// What is heard first of a process.
private enum ServiceStart: Sendable {
  case ready(String)
  case ended(ProcessStatus)
}

/// Runs the body and stops the service; judges how it ended.
private func run<R>(
  _ body: (ServiceProcess) async throws -> R, _ service: ServiceProcess,
  _ failure: (String) async -> any Error
) async throws -> R {
  let result: R
  do {
    result = try await body(service)
  } catch {
    // The body's own error goes on; that the service has died explains it.
    if let status = service.process.status, !status.isStop {
      _ = await failure("ended with \(status)")
    }
    throw error
  }
  let hadEnded = service.process.status != nil
  await service.stop()
  if let status = service.process.status, !status.isStop {
    throw await failure("ended with \(status)" + (hadEnded ? "" : ", when it was asked to stop"))
  }
  return result
}

extension ProcessStatus {
  /// Whether it is the end of a service that was asked to stop.
  fileprivate var isStop: Bool { isSuccess || self == .signalled(15) }
}
