import Testing

/// The way of a failure into the test that runs: once, under the right test, from any task or thread.
///
/// Make one on the test's own task, in the initializer of a waiter, a driver or a scope. It captures the
/// test, and can then be used from a detached task, a thread or a NIO callback, where a bare
/// `Issue.record` would land under no test, and `XCTFail` in none at all.
///
/// Inside ``withReporter(_:)`` every reporter is the scope's.
public struct Reporter: Sendable {
  private let courier: Courier?

  /// Captures the test that runs, in either framework.
  public init() {
    courier = Self.scoped ?? Courier()
  }

  init(courier: Courier?) {
    self.courier = courier
  }

  @TaskLocal static var scoped: Courier?

  /// Records the failure; the test goes on.
  public func record(_ failure: Failure) {
    noteFailure()
    if Test.current != nil {
      Recording.record(failure)
    } else if courier?.deliver(failure, .failure) == nil {
      Recording.recordWithoutTest(failure)
    }
  }

  /// Records the failure and gives the error to throw, which no framework records a second time.
  ///
  /// Off the test's task it is a ``RecordedFailure``; let that one reach a ``withReporter(_:)`` scope.
  public func error(recording failure: Failure) -> any Error {
    noteFailure()
    if Test.current != nil { return Recording.error(recording: failure) }
    if let ticket = courier?.deliver(failure, .thrownFailure) {
      return RecordedFailure(ticket: ticket)
    }
    return Recording.errorWithoutTest(recording: failure)
  }

  /// Records the failure and gives the error to throw, which no framework records a second time.
  ///
  /// Off the test's task this waits until the test has recorded the failure.
  public func error(recording failure: Failure) async -> any Error {
    noteFailure()
    if Test.current != nil { return Recording.error(recording: failure) }
    if let ticket = courier?.deliver(failure, .thrownFailure) { return await ticket.recordedError }
    return Recording.errorWithoutTest(recording: failure)
  }

  /// How long ago the harness last failed this test, as it runs here or was captured; nil where it has not.
  package var timeSinceFailure: Duration? { LatestFailures.age(of: identityHere) }

  private func noteFailure() {
    LatestFailures.note(identityHere)
  }

  private var identityHere: TestIdentity { TestIdentity(id: Test.current?.id ?? courier?.test.id) }

  /// Tells something that fails nothing: in Swift Testing a warning of the test, elsewhere a line on
  /// standard error.
  package func note(_ text: String, at site: CallSite) {
    let note = Failure(text, at: site)
    if Test.current != nil {
      Recording.note(note)
    } else if courier?.deliver(note, .note) == nil {
      Recording.noteWithoutTest(note)
    }
  }

  /// Tells the test from others of the process, and keeps nothing of it alive.
  ///
  /// The cases of a parameterised test share it. In XCTest there is one for all tests: it runs one at a time.
  package var testIdentity: TestIdentity { TestIdentity(id: courier?.test.id) }

  package struct TestIdentity: Sendable, Hashable {
    fileprivate let id: Test.ID?
  }

  /// The name of the test that was captured, as it is written; nil in XCTest and off every test.
  package var testName: String? { courier?.test.name }

  /// Records now, on the test's task, what other threads have brought so far.
  ///
  /// Waits and scopes call it; off the task of the test that was captured it does nothing.
  public func flush() {
    TestSightings.noteRunningTest()
    courier?.flush()
  }
}

/// Runs `body` with a reporter that reaches the running test from anywhere, until the scope ends.
///
/// When the scope ends, everything reported by then is recorded, also when `body` throws.
///
/// - Throws: What `body` throws. A ``RecordedFailure`` leaves as the framework's own error, so that the
///   failure is not counted twice.
public func withReporter<R>(_ body: (Reporter) async throws -> R) async rethrows -> R {
  let courier = Courier()
  let reporter = Reporter(courier: courier)
  do {
    let result = try await Reporter.$scoped.withValue(courier) { try await body(reporter) }
    await courier?.close()
    return result
  } catch {
    await courier?.close()
    guard let recorded = error as? RecordedFailure else { throw error }
    throw await recorded.ticket.recordedError
  }
}
