#if canImport(Darwin)
  package import Darwin
#elseif canImport(Musl)
  package import Musl
#else
  package import Glibc
#endif
import HarnessLock

/// A child process in its own process group; ``withProcess(_:onLine:onExit:_:)`` starts and ends it.
package final class ChildProcess: Sendable {
  /// The streams that a process writes to.
  package enum Stream: Sendable, CaseIterable {
    case standardOutput
    case standardError
  }

  /// A line that a process wrote.
  package struct Line: Sendable, Equatable {
    /// Where it was written to.
    package let stream: Stream
    /// The text, without its end; cut after 64 KiB with a count of the rest.
    package let text: String
  }

  struct State {
    var lifecycle = Lifecycle<ContinuousClock.Instant>()
    var standardOutput = CapturedOutput()
    var standardError = CapturedOutput()
    /// Whether the scope has ended, so that the process must too.
    var isDismissed = false
    /// Whether nothing is left of the process: its number may name another one by now.
    var isGone = false
    var waitingForExit: [CheckedContinuation<Void, Never>] = []
    var waitingForGone: [CheckedContinuation<Void, Never>] = []
  }

  /// The number of the process, which is that of its group as well.
  package let id: pid_t
  let state = Lock(State())
  private let grace: Duration
  private let wake: Descriptor

  init(
    _ command: Command, watch: Launch.ExitWatch,
    onLine: (@Sendable (Line) -> Void)?, onExit: @escaping @Sendable (ProcessStatus) -> Void
  ) throws(LaunchError) {
    let wake: (reading: Descriptor, writing: Descriptor)
    do throws(Errno) {
      wake = try Descriptor.pipe()
    } catch {
      throw LaunchError(command, errno: error.code)
    }
    wake.reading.setNonBlocking()
    wake.writing.setNonBlocking()
    let launch: Launch
    do throws(LaunchError) {
      launch = try Launch(command, watch: watch)
    } catch {
      wake.reading.close()
      wake.writing.close()
      throw error
    }
    id = launch.id
    grace = command.grace
    self.wake = wake.writing
    BackgroundThread.start(named: "harness-child") { [self] in
      var loop = ProcessLoop(
        self, launch, wake: wake.reading, input: command.input, onLine: onLine, onExit: onExit)
      loop.run()
    }
  }

  /// What the process has written to a stream so far.
  package func output(of stream: Stream) -> CapturedOutput {
    state.withLock {
      switch stream {
      case .standardOutput: $0.standardOutput
      case .standardError: $0.standardError
      }
    }
  }

  /// How the process ended; nil while it lives.
  package var status: ProcessStatus? { state.withLock { $0.lifecycle.status } }

  /// Waits until the process has ended and all that it wrote itself has been taken in.
  ///
  /// A cancelled task goes on waiting: cancelling the scope's task ends the process, and so the wait.
  package func exit() async -> ProcessStatus {
    await withCheckedContinuation { continuation in
      let hasEnded = state.withLock { state in
        if state.lifecycle.status != nil { return true }
        state.waitingForExit.append(continuation)
        return false
      }
      if hasEnded { continuation.resume() }
    }
    guard let status else { preconditionFailure("process \(id) woke its waits before its end") }
    return status
  }

  /// Sends SIGTERM to the process group, and SIGKILL when the process has not ended within its grace.
  ///
  /// This does not wait; calling it again changes nothing.
  package func terminate() {
    state.withLock { state in
      if let signal = state.lifecycle.terminate(killAt: .now + grace) {
        send(signal, state)
      }
      wakeLoop(state)
    }
  }

  /// Ends the process and everything in its group, and waits until nothing is left of it.
  func dismiss() async {
    terminate()
    await withCheckedContinuation { continuation in
      let isGone = state.withLock { state in
        state.isDismissed = true
        if state.isGone { return true }
        state.waitingForGone.append(continuation)
        wakeLoop(state)
        return false
      }
      if isGone { continuation.resume() }
    }
  }

  /// Sends a signal to the group, whose number is its own until the process is reaped.
  func send(_ signal: Lifecycle<ContinuousClock.Instant>.Signal, _ state: State) {
    guard !state.isGone else { return }
    switch signal {
    case .terminate: kill(-id, SIGTERM)
    case .kill: kill(-id, SIGKILL)
    }
  }

  /// The last step of the loop: closes what other threads use, when they no longer can.
  func close(_ state: inout State) {
    state.isGone = true
    wake.close()
  }

  private func wakeLoop(_ state: State) {
    // A full pipe wakes the loop as well.
    if !state.isGone { _ = wake.write([1]) }
  }
}
