import NIOConcurrencyHelpers
import NIOCore

extension EventLoopFuture where Value: Sendable {
  /// The value of the future, as `get()` gives it, but handed over by a lock.
  ///
  /// A future that is fulfilled while its task is on the way to sleep resumes it before it suspends, and
  /// ThreadSanitizer does not see that as an order of events: it reports the task's next use of that memory
  /// as a race. A lock it does see. This can go when the runtime tells the sanitizer of such a resumption.
  func waited() async throws -> Value {
    let outcome = NIOLockedValueBox<Result<Value, any Error>?>(nil)
    await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
      whenComplete { result in
        outcome.withLockedValue { $0 = result }
        continuation.resume()
      }
    }
    guard let result = outcome.withLockedValue({ $0 }) else {
      Swift.preconditionFailure("a future resumed its task without a result")
    }
    return try result.get()
  }
}
