import HarnessLock
import Waiters

/// The shell of one exchange: feeds its assembly from any thread, and ends it once.
///
/// Transports hang on it what must happen at the end, such as closing a connection.
final class ExchangeRun: Sendable {
  /// What may be waited for.
  private enum Milestone {
    /// The head of the response, or the end without one.
    case head
    /// The end.
    case end
    /// The service's task was cancelled.
    case serviceCancellation
  }

  private struct State {
    var assembly: ResponseAssembly
    var endings: [@Sendable () -> Void] = []
    var waiters: [(Milestone, CheckedContinuation<Void, Never>)] = []
    /// Tasks of the exchange that have not ended.
    var tasks = 0
    var isExpired = false
    /// Whoever waits for a sighting was cancelled.
    var isAbandoned = false
    var sightings = ServiceSightings()
    let startedAt = ContinuousClock.now
    /// When the exchange ended; nil while it goes on.
    var endedAt: ContinuousClock.Instant?

    /// What has come so far.
    var result: ExchangeResult {
      var result = assembly.result
      result.elapsed = startedAt.duration(to: endedAt ?? .now)
      return result
    }

    /// The exchange is over for its caller: a task that ignores its cancellation is waited for, but not
    /// beyond the deadline.
    var isSettled: Bool { assembly.hasEnded && (tasks == 0 || isExpired) }

    /// Those who have waited for what is there now.
    mutating func takeReady() -> [CheckedContinuation<Void, Never>] {
      // Most events are none that anybody waits for.
      guard waiters.contains(where: { has($0.0) }) else { return [] }
      let ready = waiters.filter { has($0.0) }.map(\.1)
      waiters = waiters.filter { !has($0.0) }
      return ready
    }

    func has(_ milestone: Milestone) -> Bool {
      switch milestone {
      case .head: assembly.response != nil || assembly.hasEnded
      case .end: isSettled
      case .serviceCancellation:
        sightings.cancelled != nil || sightings.hasFinished || isExpired || isAbandoned
      }
    }
  }

  let plan: ExchangePlan
  /// What has come of a body that is handed on, and not been taken yet; nil where it is gathered.
  let pipe: BodyPipe?
  private let state: Lock<State>

  init(_ plan: ExchangePlan) {
    self.plan = plan
    pipe = plan.responseLimit == nil ? BodyPipe() : nil
    state = Lock(
      State(
        assembly: ResponseAssembly(
          responseLimit: plan.responseLimit, expectsContinue: plan.expectsContinue,
          keepsSent: plan.keepsSent, cancellation: plan.cancellation, start: .now)))
  }

  /// Lets the assembly take in an event.
  @discardableResult
  func update<R: Sendable>(_ event: (inout ResponseAssembly) -> R) -> R {
    change { event(&$0.assembly) }
  }

  /// Takes in a piece of the response's body; false when the transport should wait for room before it reads on.
  func received(_ piece: [UInt8]) -> Bool {
    update { $0.received(piece) }
    return pipe?.push(piece) ?? true
  }

  /// What is heard of a service that runs in this process.
  func makeWatch() -> ServiceWatch {
    var watch = ServiceWatch()
    watch.failed = { error in
      self.update { assembly in
        assembly.serviceThrew(error)
        assembly.broke(.handlerFailed, "the handler threw \(error)")
      }
    }
    watch.threw = { error in self.update { $0.serviceThrew(error) } }
    watch.cancelled = { self.change { $0.sightings.cancelled = $0.sightings.cancelled ?? .now } }
    watch.negotiates = { step in self.update { $0.negotiates(step) } }
    watch.finished = { self.change { $0.sightings.hasFinished = true } }
    return watch
  }

  /// Waits until the service's task was cancelled, has ended, the deadline has passed, or this task is cancelled.
  func serviceSightings(by deadline: Deadline) async -> ServiceSightings {
    await reach(.serviceCancellation, by: deadline)
    return state.withLock { $0.sightings }
  }

  /// Does this when the exchange ends; at once when it has ended.
  func whenEnded(_ action: @escaping @Sendable () -> Void) {
    let isLate = state.withLock { state in
      if !state.assembly.hasEnded { state.endings.append(action) }
      return state.assembly.hasEnded
    }
    if isLate { action() }
  }

  /// Runs work of the exchange in a task, which is cancelled when the exchange ends.
  func perform(_ work: @escaping @Sendable () async -> Void) {
    // Under the lock, which whatever ends the exchange takes too: the end must find the task to cancel.
    state.withLock { state in
      state.tasks += 1
      let isOver = state.assembly.hasEnded
      let task = Task {
        if isOver { unsafe withUnsafeCurrentTask { unsafe $0?.cancel() } }
        await work()
        change { $0.tasks -= 1 }
      }
      if !isOver { state.endings.append { task.cancel() } }
    }
  }

  /// Waits until the exchange has ended, which it does by the deadline or when the task is cancelled.
  func result(by deadline: Deadline) async -> ExchangeResult {
    await reach(.end, by: deadline)
    return state.withLock { $0.result }
  }

  /// Waits until the response's head has come, or the exchange has ended without one.
  func head(by deadline: Deadline) async -> ExchangeResult {
    await reach(.head, by: deadline)
    return soFar
  }

  /// What has come so far.
  var soFar: ExchangeResult { state.withLock { $0.result } }

  /// When the exchange ended; nil while it goes on.
  var endedAt: ContinuousClock.Instant? { state.withLock { $0.endedAt } }

  var hasEnded: Bool { state.withLock { $0.assembly.hasEnded } }

  /// Whether request and response are both complete.
  var isWhole: Bool { state.withLock { $0.assembly.isWhole } }

  /// The next piece of a body that is handed on; nil when the exchange has ended, however it did.
  func nextPiece(by deadline: Deadline) async -> [UInt8]? {
    guard let pipe else { return nil }
    let timer = Watchdog.arm(at: deadline.instant) { [self] in expire(deadline) }
    let piece = await withTaskCancellationHandler {
      await pipe.next()
    } onCancel: {
      update { $0.end(.cancelled) }
    }
    timer.disarm()
    return piece
  }

  private func reach(_ milestone: Milestone, by deadline: Deadline) async {
    let timer = Watchdog.arm(at: deadline.instant) { [self] in expire(deadline) }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isReached = state.withLock { state in
          if !state.has(milestone) { state.waiters.append((milestone, continuation)) }
          return state.has(milestone)
        }
        if isReached { continuation.resume() }
      }
    } onCancel: {
      change { state in
        state.assembly.end(.cancelled)
        if case .serviceCancellation = milestone { state.isAbandoned = true }
      }
    }
    timer.disarm()
  }

  /// On the watchdog's thread, so what is done at the end goes elsewhere: a handler that is cancelled may run code of
  /// a user.
  private func expire(_ deadline: Deadline) {
    change(actingBy: SideWork.run) { state in
      state.assembly.expired(deadline.description)
      state.isExpired = true
    }
  }

  @discardableResult
  private func change<R: Sendable>(
    actingBy act: (@escaping @Sendable () -> Void) -> Void = { $0() },
    _ change: (inout State) -> R
  ) -> R {
    let (result, endings, ready, hasEnded) = state.withLock { state in
      let result = change(&state)
      var endings: [@Sendable () -> Void] = []
      if state.assembly.hasEnded {
        swap(&endings, &state.endings)
        if state.endedAt == nil { state.endedAt = .now }
      }
      return (result, endings, state.takeReady(), state.assembly.hasEnded)
    }
    for action in endings { act(action) }
    if hasEnded { pipe?.finish() }
    for waiter in ready { waiter.resume() }
    return result
  }
}

/// What was seen of a service that runs in this process.
struct ServiceSightings: Sendable {
  /// When the handler's task was cancelled.
  var cancelled: ContinuousClock.Instant?
  /// Whether it had answered to the end.
  var hasFinished = false
}
