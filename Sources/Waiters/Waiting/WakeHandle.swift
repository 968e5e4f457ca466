/// What is to run when a wait ends.
enum WakeHandle: Sendable {
  /// A parked task. It carries nothing, and reads its ending again under the lock: of the shapes tried,
  /// only this one can be cancelled and is silent under ThreadSanitizer.
  case task(CheckedContinuation<Void, Never>)
  /// A call, on the thread that ended the wait.
  case call(@Sendable () -> Void)

  func wake() {
    switch self {
    case .task(let continuation): continuation.resume()
    case .call(let body): body()
    }
  }
}
