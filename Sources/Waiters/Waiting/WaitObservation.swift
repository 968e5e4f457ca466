/// A demand that is observed, without a task that waits for it.
struct WaitObservation<Machine: WaitMachine>: Sendable {
  private let stop: @Sendable () -> Machine.Value?

  init(_ stop: @escaping @Sendable () -> Machine.Value?) {
    self.stop = stop
  }

  /// Ends the observation; gives the value, where the demand had been met by then.
  @discardableResult
  func end() -> Machine.Value? { stop() }
}
