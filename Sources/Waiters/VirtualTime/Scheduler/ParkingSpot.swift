/// A task in a wait of the harness, as virtual time sees it.
final class ParkingSpot: Sendable {
  let task: TaskRef
  /// The wait, in the table of waits.
  private let source: any WaitSource
  private let number: UInt64
  /// When the wait ends by itself, in real time; nil where that is a failure, so that it need not be awaited
  /// to know that something is wrong.
  let ownEnd: ContinuousClock.Instant?
  /// When the wait began.
  let start: ContinuousClock.Instant
  /// Whether the wait is one that failures show.
  let isShown: Bool
  /// Ends the wait, as a cancellation of its task would.
  let cancel: @Sendable () -> Void
  /// Whether something outside of the scope may end the wait.
  let isFedFromOutside: Bool
  private let scheduler: VirtualScheduler

  init(
    _ task: TaskRef, _ source: any WaitSource, _ id: WaiterID, _ label: WaitLabel,
    isFedFromOutside: Bool, _ scheduler: VirtualScheduler, cancel: @escaping @Sendable () -> Void
  ) {
    self.isFedFromOutside = isFedFromOutside
    self.task = task
    self.source = source
    number = id.number
    let isEndOfItsOwn = label.load == nil && !label.deadline.isNever
    ownEnd = isEndOfItsOwn ? label.deadline.instant : nil
    start = label.start
    isShown = label.demand != nil
    self.cancel = cancel
    self.scheduler = scheduler
  }

  /// Tells the scheduler that the task goes on.
  func leave() { scheduler.unpark(task) }

  /// The wait as a failure shows it; it costs a look at every wait of the channel.
  ///
  /// Others look at the channel too, as for the failure of another test, and that may take a moment.
  var row: WaitRow? {
    source.openWaits(atMost: .max, within: .seconds(1))?.oldest
      .first { $0.number == number }?.row
  }
}

/// What waits throw in a scope that was given up: its failure says it all, so theirs would only repeat it.
struct GivenUp: Error, CustomStringConvertible {
  let description = "virtual time was given up; its failure says why"
}
