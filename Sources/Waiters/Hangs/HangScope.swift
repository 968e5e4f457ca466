import HarnessLock
import HarnessReporting

/// A test with a limit, from its beginning to its end.
final class HangScope: Sendable {
  private struct Contents {
    var state = HangState()
    var error: (any Error)?
  }

  /// What failures call the test.
  let name: String
  let limit: Deadline
  let site: CallSite
  let start = ContinuousClock.Instant.realNow
  let reporter = Reporter()
  private let contents = Lock(Contents())
  /// The task to cancel; it is set and taken out by that task itself, so it lives as long as it is here.
  ///
  /// It has a lock of its own: handlers of the cancellation run under it, and may block.
  private let task = Lock<TaskHandle?>(nil)
  private let hasTask = Lock(false)
  private let canary = Canary()
  private let order = HangOrder()
  private let isRecorded = Condition(false)
  /// The limit around this one, that of the suite.
  private let outer = WaitContext.current.hang

  init(name: String, limit: Duration, site: CallSite) {
    // The last line of a process is read by machines: nothing in a name may look like one.
    self.name = onOneLine(name)
    self.site = site
    self.limit = Deadline(limit, origin: .hangLimit(site: site), from: start)
  }

  /// What the last line of a process calls the test: outside of Swift Testing its name is that of a function,
  /// which others may have as well.
  var nameWithPlace: String { RunningFramework.isSwiftTesting ? name : "\(name) at \(site)" }

  /// How long a cancelled test has to end, before the time scale.
  static let grace = Duration.seconds(5)

  /// The error of the recorded failure, for what the test's waits throw when they are cancelled for it.
  var recordedError: (any Error)? { contents.withLock { $0.error } ?? outer?.recordedError }

  /// Runs the test under the limit.
  ///
  /// - Throws: What `body` throws; the error of the recorded failure, once the limit has passed.
  func run<R>(_ body: () async throws -> R) async throws -> R {
    let timers = arm()
    task.withLock { $0 = TaskHandle.current }
    hasTask.withLock { $0 = true }
    RunningTests.add(self)
    // An unstructured task knows the test, as a thread does not: only there can a failure be recorded under
    // its name, and the test be cancelled.
    let executor = Task(priority: .high) {
      if let report = await order.report { await cancel(report) }
    }
    defer {
      // A cancellation that goes on at this moment holds the lock, and has the task alive.
      task.withLock { $0 = nil }
      RunningTests.remove(self)
      for timer in timers { timer.disarm() }
      order.give(nil)
    }
    let result: Result<R, any Error>
    do {
      var context = WaitContext.current
      context.hang = self
      result = .success(try await WaitContext.$current.withValue(context, operation: body))
    } catch {
      result = .failure(error)
    }
    if end() {
      // What has been told is recorded before the test ends.
      await executor.value
    }
    if let error = contents.withLock({ $0.error }) { throw error }
    return try result.get()
  }

  /// The test has ended; says whether it has been told of.
  private func end() -> Bool {
    contents.withLock { contents in
      defer { contents.state.end() }
      return contents.state.isTold
    }
  }

  /// Runs a test that is not asynchronous; no cancellation reaches it.
  func run<R>(_ body: () throws -> R) rethrows -> R {
    let timers = arm()
    RunningTests.add(self)
    defer {
      // What has been told is recorded before the test ends.
      if end() { awaitRecord() }
      RunningTests.remove(self)
      for timer in timers { timer.disarm() }
    }
    return try body()
  }

  private func arm() -> [Watchdog.Timer] {
    let time = start.duration(to: limit.instant)
    let early = limit.instant - min(.seconds(1), time / 2)
    return [
      Watchdog.arm(at: early) { [canary] in canary.release() },
      Watchdog.arm(at: limit.instant) { self.limitPassed() },
    ]
  }

  /// On the watchdog's thread.
  private func limitPassed() {
    let isPoolBlocked = canary.isPoolBlocked
    let action = contents.withLock { $0.state.limitPassed(isPoolBlocked: isPoolBlocked) }
    guard action != .none else { return }
    let isCancelled = hasTask.withLock { $0 }
    // Before anything that may take long.
    if action == .tellAndCancel { armExit() }
    // A thread of its own: the text may be slow to make and to write, and the watchdog has other waits.
    BackgroundThread.start { [self] in
      let report = HangReport(
        self, isPoolBlocked: isPoolBlocked, hasTask: isCancelled, table: WaitTable.snapshot())
      LastWords.write(report.lastWords)
      if isCancelled { order.give(report) } else { fail(report) }
      if action == .tellAndExit {
        awaitRecord()
        HangExit.end(nameWithPlace)
      }
    }
  }

  private func armExit() {
    let grace = Self.grace * TimeScale.ofEnvironment.factor
    _ = Watchdog.arm(at: .realNow + grace) { [self] in
      guard contents.withLock({ $0.state.gracePassed() }) == .exit else { return }
      BackgroundThread.start { [nameWithPlace] in HangExit.end(nameWithPlace) }
    }
  }

  /// Records the failure of a test without a task, which cannot be cancelled, only told of.
  private func fail(_ report: HangReport) {
    reporter.record(Failure(report.description, at: site))
    isRecorded.withLock { $0 = true }
    isRecorded.wake()
  }

  /// Blocks this thread, for half a second at the most, until the failure is recorded: tasks of a high
  /// priority run on threads of their own, which may still be free.
  private func awaitRecord() {
    let end = ContinuousClock.Instant.realNow + .milliseconds(500)
    isRecorded.wait { isRecorded in
      let now = ContinuousClock.Instant.realNow
      return isRecorded || now >= end ? .finish(()) : .wait(atMost: now.duration(to: end))
    }
  }

  /// On a task that knows the test.
  private func cancel(_ report: HangReport) async {
    let error = await reporter.error(recording: Failure(report.description, at: site))
    isRecorded.withLock { $0 = true }
    isRecorded.wake()
    contents.withLock { $0.error = error }
    // Handlers of the cancellation run here; the lock keeps the task from ending meanwhile.
    task.withLock { $0?.cancel() }
  }
}
