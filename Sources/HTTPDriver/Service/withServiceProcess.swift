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
/// Let the service choose its port by listening on port 0, and say which it got. One that cannot is given a place by
/// ``withServiceProcess(_:listening:arguments:environment:workingDirectory:ready:within:fileID:filePath:line:column:_:)``.
/// It runs in a process group of its own, with the variables of this process and those in `environment`. In the end it
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
  let command = Command(
    executable, arguments, environment: .inherited(with: environment),
    workingDirectory: workingDirectory)
  return try await ServiceRun(
    name: ServiceRun.name(of: executable), ready: ready, place: nil, duration: duration,
    site: CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
  ).run(command, body)
}

/// Starts a service as a child process at a place that the driver chose, waits until it is ready, runs `body` with it,
/// and stops it.
///
/// ```swift
/// try await withServiceProcess(
///   ".build/debug/daily-reports", listening: .unixSocket,
///   arguments: { ["--socket", $0.socketPath ?? ""] }, ready: .health("/health")
/// ) { service in
///   try await HTTPDriver(service.address).get("/reports").expect(status: .ok)
/// }
/// ```
///
/// `arguments` and `environment` are made of the place, which ``ServiceListening`` describes. The rest is as for a
/// service that chooses for itself.
///
/// - Returns: What `body` returns.
/// - Throws: After the test has failed at this line, with the exit status and the end of the output; what `body` throws.
@discardableResult
public func withServiceProcess<R>(
  _ executable: String, listening: ServiceListening,
  arguments: (ServicePlace) -> [String] = { _ in [] },
  environment: (ServicePlace) -> [String: String] = { _ in [:] },
  workingDirectory: String? = nil, ready: ServiceReadiness = .accepting,
  within duration: Duration? = nil, fileID: StaticString = #fileID,
  filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column,
  _ body: (ServiceProcess) async throws -> R
) async throws -> R {
  let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
  let slot: ServiceSlot
  do {
    slot = try ServiceSlot(listening)
  } catch {
    throw await Reporter().error(recording: Failure("\(error)", at: site))
  }
  defer { slot.release() }
  let command = slot.command(
    executable, arguments(slot.place), environment: environment(slot.place),
    workingDirectory: workingDirectory)
  return try await ServiceRun(
    name: ServiceRun.name(of: executable), ready: ready, place: slot.place, duration: duration,
    site: site
  ).run(command, body)
}
