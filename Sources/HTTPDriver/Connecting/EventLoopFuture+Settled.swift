import NIOCore

extension EventLoopFuture where Value: Sendable {
  /// Its value, once it has one.
  ///
  /// In place of `get()`, which ThreadSanitizer reports now and then although nothing is wrong: where a value comes
  /// between the moment in which a task asks and the one in which it waits, the runtime of Swift 6.3 tells the sanitizer
  /// nothing of their order, and `UnsafeContinuation.resume`, which `get()` calls, is compiled into the caller and watched
  /// (swiftlang/swift#57803). A checked continuation is resumed inside the library of the runtime.
  func settled() async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      whenComplete { continuation.resume(with: $0) }
    }
  }
}
