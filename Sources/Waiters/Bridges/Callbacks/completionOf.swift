import HarnessReporting

/// Calls an API that answers by a completion handler, and waits for the answer.
///
/// ```swift
/// let report = try await completion(of: "fetch") { done in
///   client.fetch("/reports/7", completionHandler: done.resolve)
/// }
/// ```
///
/// A handler must be called exactly once, and the test fails at this line where it is not:
/// - when it is called a second time, also after this has returned, for as long as the test runs;
/// - when the API lets it go without a call, at once rather than at the deadline;
/// - when it is held and not called by the deadline.
///
/// `name` is what failures call the operation. `start` starts it, and hands a function of the ``Completion``
/// over to it. `within:` is how long it may take; nil leaves it to the scope, and outside of every scope
/// to 10 s.
///
/// - Returns: The value that the handler was called with.
/// - Throws: The error that the handler was called with, and what `start` throws. After the test has
///   failed: when it is not called, and when the task is cancelled.
public func completion<Value: Sendable>(
  of name: String, within duration: Duration? = nil, fileID: StaticString = #fileID,
  filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column,
  _ start: (Completion<Value>) throws -> Void
) async throws -> Value {
  let calls = CompletionCalls<Value>(
    name, at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column))
  try begin(start, calls)
  return try await calls.value(within: duration)
}

/// A function of its own, so that when it returns the API alone has the handler.
private func begin<Value: Sendable>(
  _ start: (Completion<Value>) throws -> Void, _ calls: CompletionCalls<Value>
) throws {
  try start(Completion(calls))
}
