import HarnessLock

/// How a sleep on the clock of a scope ended.
enum SleepEnding: Sendable {
  case due
  case cancelled
}

extension VirtualScheduler {
  /// Suspends the task until the time in the scope has come; throws `CancellationError` at once when the
  /// task is cancelled, or the scope ends.
  func suspend(until time: Duration) async throws {
    try Task.checkCancellation()
    let id = contents.withLock { contents -> WaiterID? in
      guard contents.state.life.stage != .closed else { return nil }
      guard min(time, .longest) > contents.state.schedule.now else { return nil }
      let id = contents.sleepers.enter(())
      contents.sleeperTimers[id] = contents.state.schedule.arm(at: time, .wake(id), of: nil)
      contents.state.arrived()
      return id
    }
    guard let id else { return try rest() }
    contents.wake()
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        contents.withLock { $0.sleepers.park(id, .task(continuation)) }?.wake()
      }
    } onCancel: {
      endSleep(id, .cancelled)
    }
    let ending = contents.withLock { $0.sleepers.leave(id) }
    switch ending {
    case .due: return
    case .cancelled: throw CancellationError()
    case nil: preconditionFailure("sleep \(id.number) was resumed before its end")
    }
  }

  /// What a sleep until a time that has passed does: nothing, while the scope lasts.
  private func rest() throws {
    if contents.withLock({ $0.state.life.stage == .closed }) { throw CancellationError() }
  }

  func endSleep(_ id: WaiterID, _ ending: SleepEnding) {
    let handle = contents.withLock { contents -> WakeHandle? in
      if let timer = contents.sleeperTimers.removeValue(forKey: id) {
        _ = contents.state.schedule.disarm(timer)
      }
      guard case .won(let handle) = contents.sleepers.end(id, ending) else { return nil }
      return handle
    }
    handle?.wake()
  }
}
