import HarnessReporting

/// Runs `body` in virtual time: on one thread, in an order that depends on `seed` alone, with a clock that
/// moves on by itself.
///
/// ```swift
/// try await withVirtualTime { clock in
///   let cache = Cache(lifetime: .seconds(3600))
///   cache["a"] = 1
///   try await Task.sleep(for: .seconds(3601))
///   #expect(cache["a"] == nil)
///   #expect(clock.now.offset == .seconds(3601))
/// }
/// ```
///
/// Everything that `body` starts belongs to the scope: child tasks, `Task {}`, `Task.detached`, actors.
/// `Task.sleep` and the clocks of Swift show the scope's time, which stands still while anything can run and
/// then moves to the next timer. Seed 0 runs what can run in the order in which it came; other seeds mix
/// the order, each in its own way, and the same on every machine.
///
/// When nothing can run and nobody sleeps, the scope is given up. Where every task waits in waits of the
/// harness it is a deadlock, and fails at once; where somebody outside might still wake one it is a stall,
/// after one second. Deadlines of waits stay real, since a bound must not depend on what it bounds.
///
/// What is not virtual: other threads, Dispatch, I/O, `Date`, and the main actor. A visit to the main actor
/// runs to its end before anything else of the scope does.
///
/// - Throws: What `body` throws, or the failure of a scope that was given up. A scope within another one,
///   and a Swift runtime that cannot do this, are failures of the test.
@discardableResult
public func withVirtualTime<R: Sendable>(
  seed: UInt64 = 0, fileID: StaticString = #fileID, filePath: StaticString = #filePath,
  line: UInt = #line, column: UInt = #column,
  _ body: sending @escaping @concurrent (VirtualClock) async throws -> R
) async throws -> R {
  let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
  return try await virtualTime(seed: seed, at: site, body)
}

func virtualTime<R: Sendable>(
  seed: UInt64, at site: CallSite,
  _ body: sending @escaping @concurrent (VirtualClock) async throws -> R
) async throws -> R {
  // Safe: the body was sent here, and is handed on once; the closure between only hides that.
  nonisolated(unsafe) let body = body
  // The reporters of the scope's waits are those of the test: one of their own would be a task that waits
  // for somebody outside.
  return try await withReporter { reporter in
    if Routes.current != nil {
      throw await reporter.error(
        recording: Failure(
          """
          Virtual time within virtual time
            try       one scope around the whole, or another seed for it
          """, at: site))
    }
    let support = await RuntimeCheck.shared.value
    if let obstacle = support.obstacle {
      throw await reporter.error(recording: Failure(obstacle, at: site))
    }
    guard Routes.open() else { preconditionFailure("the runtime's hooks are gone") }
    let outcome = await VirtualScheduler(seed: seed, support: support).run(unsafe body)
    let wereOurs = Routes.close()
    switch outcome {
    case .value(let value):
      guard wereOurs else { throw await reporter.error(recording: .hooksReplaced(at: site)) }
      return value
    case .error(let error): throw error
    case .stalled(let stall, let isBodyOver):
      throw await reporter.error(
        recording: Failure(
          stall.text + (isBodyOver ? "" : "\n" + Stall.abandoned), at: site))
    }
  }
}

extension Failure {
  fileprivate static func hooksReplaced(at site: CallSite) -> Failure {
    Failure(
      """
      Virtual time was left: somebody else has replaced the hooks of the Swift runtime meanwhile
        try       look for a library that runs tasks on an executor of its own, such as `withMainSerialExecutor`
      """, at: site)
  }
}
