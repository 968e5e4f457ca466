/// Thrown where a failure has been recorded by way of the test's own task.
///
/// A throwing function that fails on a detached task, on a thread or in a callback throws this. The
/// frameworks know nothing of it: let it reach a ``withReporter(_:)`` scope, which puts the framework's
/// own error in its place, or catch it.
public struct RecordedFailure: Error, CustomStringConvertible {
  let ticket: Ticket

  /// The message of the failure, which is already part of the test's result.
  public var description: String { "already recorded: \(ticket.failure.message)" }
}
