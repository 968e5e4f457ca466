import HarnessLock

/// The shell that all channels share: runs a machine under one lock, and parks, wakes and times tasks.
///
/// A parked task is woken by a continuation that carries nothing, and reads its ending again under the
/// lock: of the shapes tried, only this one can be cancelled and is silent under ThreadSanitizer.
final class WaitPoint<Machine: WaitMachine & Sendable>: Sendable {
  typealias Ending = WaitEnding<Machine.Value, Machine.Facts>
  private typealias Handle = CheckedContinuation<Void, Never>

  private struct Contents {
    var machine: Machine
    var room = WaitRoom<Handle, Ending>()

    /// Carries out what the machine decided; gives the tasks to resume, in order.
    mutating func settle(_ wakes: [Machine.Wake]) -> [Handle] {
      var handles: [Handle] = []
      for wake in wakes {
        let ending: Ending
        switch wake.reason {
        case .value(let value): ending = .value(value)
        case .closed:
          ending = .closed(machine.facts(for: wake.id))
          // A closed channel gives nobody anything, so there is nobody else to wake.
          _ = machine.abandon(wake.id)
        }
        switch room.end(wake.id, ending) {
        case .won(let handle): if let handle { handles.append(handle) }
        case .lost: preconditionFailure("wait \(wake.id.number) was given a value after its end")
        }
      }
      return handles
    }
  }

  private let contents: Lock<Contents>

  init(_ machine: Machine) {
    contents = Lock(Contents(machine: machine))
  }

  /// Lets the machine take in an event, and wakes whom it says, first in, first out.
  func update(_ change: (inout Machine) -> [Machine.Wake]) {
    let handles = contents.withLock { $0.settle(change(&$0.machine)) }
    for handle in handles { handle.resume() }
  }

  /// Waits until the machine ends the wait, the deadline passes or the task is cancelled.
  ///
  /// `verdict` gives the text of a missed deadline, which goes to standard error where the task is not
  /// given a thread to tell it soon enough; nil keeps silent.
  func wait(
    for demand: Machine.Demand, by deadline: Deadline,
    verdict: (@Sendable (Machine.Facts, ContinuousClock.Instant) -> String)?
  ) async -> Ending {
    let (id, handles, ending) = contents.withLock { contents in
      let id = contents.room.enter()
      let handles = contents.settle(contents.machine.register(id, demand))
      return (id, handles, contents.room.leave(id))
    }
    for handle in handles { handle.resume() }
    if let ending { return ending }

    let timer = Watchdog.arm(at: deadline.instant) {
      self.expire(id, verdict: verdict)
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { (handle: Handle) in
        contents.withLock { $0.room.park(id, handle) }?.resume()
      }
    } onCancel: {
      _ = giveUp(id) { .cancelled($0) }
    }
    timer.disarm()
    guard let ending = contents.withLock({ $0.room.leave(id) }) else {
      preconditionFailure("wait \(id.number) was resumed before its end")
    }
    return ending
  }

  /// Ends a wait without a value, unless it has ended; gives the facts of the moment.
  private func giveUp(
    _ id: WaiterID, _ ending: (Machine.Facts) -> Ending
  ) -> Machine.Facts? {
    let (facts, handles) = contents.withLock { contents -> (Machine.Facts?, [Handle]) in
      guard contents.room.isOpen(id) else { return (nil, []) }
      let facts = contents.machine.facts(for: id)
      guard case .won(let handle) = contents.room.end(id, ending(facts)) else { return (nil, []) }
      let others = contents.settle(contents.machine.abandon(id))
      return (facts, (handle.map { [$0] } ?? []) + others)
    }
    for handle in handles { handle.resume() }
    return facts
  }

  /// On the watchdog's thread.
  private func expire(
    _ id: WaiterID, verdict: (@Sendable (Machine.Facts, ContinuousClock.Instant) -> String)?
  ) {
    let now = ContinuousClock.now
    guard let facts = giveUp(id, { .timedOut($0, at: now) }), let verdict else { return }
    _ = Watchdog.arm(at: now + LastWords.grace) { [contents] in
      // A task that has read its ending tells it itself.
      guard contents.withLock({ $0.room.contains(id) }) else { return }
      LastWords.say { verdict(facts, now) }
    }
  }
}
