import HarnessLock

/// How a scope of virtual time ended.
enum ScopeOutcome<Value: Sendable>: Sendable {
  case value(Value)
  case error(any Error)
  /// It was given up; `isBodyOver` says whether the body has ended since.
  case stalled(Stall, isBodyOver: Bool)
}

extension VirtualScheduler {
  /// Runs `body` on this scheduler's thread, with everything that it starts.
  func run<Value: Sendable>(
    _ body: sending @escaping @concurrent (VirtualClock) async throws -> Value
  ) async -> ScopeOutcome<Value> {
    let result = Lock<Result<Value, any Error>?>(nil)
    let clock = VirtualClock(scheduler: self)
    let root = Task(executorPreference: self) {
      let ended: Result<Value, any Error>
      do {
        ended = .success(try await body(clock))
      } catch {
        ended = .failure(error)
      }
      result.withLock { $0 = ended }
      self.contents.withLock { $0.state.bodyEnded() }
      self.contents.wake()
    }
    contents.withLock { $0.cancelBody = { root.cancel() } }
    BackgroundThread.start(named: "harness-virtual") { self.runThread() }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = contents.withLock { contents in
          if contents.state.life.stage != .closed { contents.caller = continuation }
          return contents.state.life.stage == .closed
        }
        if isOver { continuation.resume() }
      }
    } onCancel: {
      root.cancel()
    }
    let stall = contents.withLock { $0.state.life.stall }
    switch (stall, result.withLock { $0 }) {
    case (let stall?, let result): return .stalled(stall, isBodyOver: result != nil)
    case (nil, .success(let value)?): return .value(value)
    case (nil, .failure(let error)?): return .error(error)
    case (nil, nil): preconditionFailure("virtual time ended before its body")
    }
  }
}
