import HarnessProcess
import HarnessReporting
import Waiters

/// One run of a service: from its start until nothing is left of it.
struct ServiceRun {
  /// The program, as failures call it.
  let name: String
  let ready: ServiceReadiness
  /// The place that it was given; nil where it chooses for itself.
  let place: ServicePlace?
  /// How long it has to become ready.
  let duration: Duration?
  let site: CallSite

  /// What is heard first of a process.
  private enum Start: Sendable {
    case ready(String)
    case ended(ProcessStatus)
  }

  static func name(of executable: String) -> String {
    executable.split(separator: "/").last.map(String.init) ?? executable
  }

  func run<R>(_ command: Command, _ body: (ServiceProcess) async throws -> R) async throws -> R {
    let reporter = Reporter()
    let deadline = Deadline.effective(within: duration)
    let start = Signal<Start>("start of \(name)")
    let attempts = ReadinessAttempts(ready, at: place)
    guard ready.isTold || attempts != nil else {
      let reason = """
        \(name): not started, as nobody knows where to look for \(ready.wanted); say it by `at:`, or give the service \
        a place by `listening:`
        """
      throw await reporter.error(recording: Failure(reason, at: site))
    }
    if let problem = attempts?.problem {
      throw await reporter.error(recording: Failure("\(name): not started: \(problem)", at: site))
    }
    do {
      return try await withProcess(
        command,
        onLine: { [ready] line in
          if let address = ready.address(line.text) { start.send(.ready(address)) }
        },
        onExit: { status in start.send(.ended(status)) }
      ) { process in
        func failure(_ what: String) async -> any Error {
          await reporter.error(
            recording: ProcessReport(name: name, process: process).failure(what, at: site))
        }
        // Its deadline, and the end of the process, end the attempts as well.
        let trying = attempts.map { attempts in
          Task { [duration] in
            if await attempts.succeed(within: duration) { start.send(.ready(attempts.address)) }
          }
        }
        let outcome = await start.outcome(within: duration)
        trying?.cancel()
        await trying?.value
        switch outcome {
        case .value(.ready(let address)):
          return try await use(ServiceProcess(address: address, process: process), body, failure)
        case .value(.ended(let status)):
          throw await failure("ended with \(status) before it was ready")
        case .timedOut, .closed:
          let account = attempts?.account.map { "; \($0)" } ?? ""
          throw await failure(
            "not ready within \(deadline); waited for \(ready.wanted)\(account)")
        case .cancelled: throw CancellationError()
        }
      }
    } catch let error as LaunchError {
      throw await reporter.error(recording: Failure("\(error)", at: site))
    }
  }

  /// Runs the body and stops the service; judges how it ended.
  private func use<R>(
    _ service: ServiceProcess, _ body: (ServiceProcess) async throws -> R,
    _ failure: (String) async -> any Error
  ) async throws -> R {
    let result: R
    do {
      result = try await body(service)
    } catch {
      // The body's own error goes on; that the service has died explains it.
      if let status = service.process.status, !service.wasAskedToStop || !status.isStop {
        _ = await failure("ended with \(status)")
      }
      throw error
    }
    // Whatever its status: a service that gives up by itself has not served the rest of the test.
    if let status = service.process.status, !service.wasAskedToStop {
      throw await failure(
        "ended with \(status), though nobody had asked it to; a test that makes it end calls stop()"
      )
    }
    let hadEnded = service.process.status != nil
    await service.stop()
    if let status = service.process.status, !status.isStop {
      throw await failure(hadEnded ? "ended with \(status)" : status.reluctantStop)
    }
    return result
  }
}

extension ProcessStatus {
  /// Whether it is the end of a service that was asked to stop.
  fileprivate var isStop: Bool { isSuccess || self == .signalled(15) }

  /// How a service ended that was asked to stop, and did not do as it should.
  fileprivate var reluctantStop: String {
    // The child's process group is killed that long after SIGTERM.
    self == .signalled(9)
      ? "did not end within 5 seconds of SIGTERM, and was killed"
      : "ended with \(self), when it was asked to stop"
  }
}
