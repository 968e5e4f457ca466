/// Decides whether the current token of a window names a way to let time pass.
struct Detector {
  let window: TokenWindow
  let scopes: ScopeTracker
  let members: ClockMembers

  private var token: Token { window[0] }
  private var last: Token { window[-1] }
  private var next: Token { window[1] }

  func match() -> Match? {
    switch token.word {
    case .sleep: last.isMark(".") ? memberSleep() : plainSleep()
    case .usleep, .nanosleep, .clockNanosleep, .threadSleep: mention(.thread)
    case .asyncAfter: mention(.delayedBlock)
    case .schedYield, .pthreadYield, .pthreadYieldNow: mention(.threadYield)
    case .runLoopInMode: mention(.runLoop)
    case .yield: taskYield()
    case .run: runLoop()
    default: nil
    }
  }

  private var receiver: Receiver? {
    last.isMark(".") ? Receiver(endingAt: -2, in: window, after: scopes.lastClosed) : nil
  }

  private func found(_ construct: Construct, on receiver: Receiver? = nil) -> Match {
    let name = window.text(of: token)
    return Match(
      construct: construct, place: token.place, firstLine: receiver?.firstLine ?? token.place.line,
      text: receiver.map { "\($0.text(in: window)).\(name)" } ?? name)
  }

  /// A name that means only one thing, called or not: not where it is declared, nor as a label.
  private func mention(_ construct: Construct) -> Match? {
    guard !isDeclared, !window.isParameterName else { return nil }
    let receiver = receiver
    return last.isMark(".") && receiver == nil ? nil : found(construct, on: receiver)
  }

  private var isDeclared: Bool {
    last.word.declares || last.isMark("@") || isImported || scopes.isInType && last.isMark(",")
  }

  /// Whether it is the last name of `import func Glibc.usleep`; what stands on a line of its own after an import
  /// is a statement.
  private var isImported: Bool {
    window[-4].word == .import && last.isMark(".")
      && !(-3...0).contains { window[$0].startsLine }
  }

  private var isCalled: Bool { next.isMark("(") && !next.startsLine }

  /// Whether it is called for some time: `display.sleep()` does not wait.
  private var hasArguments: Bool { isCalled && !window[2].isMark(")") }

  /// Whether the call's first argument has a label, which the C library's functions have not.
  private var hasLabel: Bool { window[2].kind == .name && window[3].isMark(":") }
}

// MARK: sleep

extension Detector {
  /// `….sleep`: on a clock that is known to be virtual it is what a test should do.
  private func memberSleep() -> Match? {
    guard let receiver else { return nil }
    if receiver.base == .name, receiver.path.count == 1 {
      switch receiver.path[0].word {
      case .selfName, .selfType: return ownSleep(on: receiver)
      default: break
      }
    }
    let construct = construct(of: receiver)
    if construct == .task, scopes.isInVirtualTime { return nil }
    guard !isKnownClock(receiver), hasArguments || namesSomethingThatSleeps(receiver) else {
      return nil
    }
    return found(construct, on: receiver)
  }

  private func construct(of receiver: Receiver) -> Construct {
    switch receiver.path.last?.word {
    case .task: .task
    case .thread: .thread
    case .some(let word) where word.isModule: .thread
    default: .clock
    }
  }

  private func isKnownClock(_ receiver: Receiver) -> Bool {
    let path = receiver.path
    switch receiver.base {
    case .call(let callee): return path.isEmpty && callee.word.isVirtualClock
    case .name where path.count == 1: return scopes.isClock(window.text(of: path[0]))
    case .name where path.count == 2 && path[0].word == .selfName:
      return scopes.isClock(ofSelf: window.text(of: path[1]))
    case .name, .other: return false
    }
  }

  /// Whether `sleep` on it, not called, can only be the function: handed on, it will be called.
  private func namesSomethingThatSleeps(_ receiver: Receiver) -> Bool {
    if construct(of: receiver) != .clock { return true }
    if isCalled { return false }
    let name: Token? =
      if case .call(let callee) = receiver.base, receiver.path.isEmpty {
        callee
      } else {
        receiver.path.last
      }
    return name.map { window.text(of: $0).lowercased().hasSuffix("clock") } ?? false
  }

  /// `sleep(…)`, and `sleep` where a value stands.
  private func plainSleep() -> Match? {
    guard !isDeclared else { return nil }
    if isCalled { return ownSleep(on: nil) }
    return isValue && !members.declaresSleep ? found(.thread) : nil
  }

  /// A clock's `sleep` may call another form of itself.
  private func ownSleep(on receiver: Receiver?) -> Match? {
    let isClocks = hasLabel && (window[2].word == .until || window[2].word == .for)
    guard hasArguments, !(isClocks && scopes.isInSleepOfClock) else { return nil }
    return found(hasLabel ? .clock : .thread, on: receiver)
  }

  /// Whether the name stands where a value is handed on.
  private var isValue: Bool {
    let begins =
      last.word == .return || ["=", "(", ",", ":", "[", "?"].contains { last.isMark($0) }
    let ends =
      next.startsLine || next.kind == .end || next.word == .as
      || [")", ",", "]", "}", ";"].contains { next.isMark($0) }
    return begins && ends && !window.isParameterName
  }
}

// MARK: Polling

extension Detector {
  /// `Task.yield` in a loop that runs until something is so.
  private func taskYield() -> Match? {
    guard scopes.isInPollLoop, let receiver, receiver.path.last?.word == .task else { return nil }
    return found(.yieldingLoop, on: receiver)
  }

  /// `RunLoop.current.run(until: …)` and `….run(mode: …, before: …)`.
  private func runLoop() -> Match? {
    guard isCalled, window[3].isMark(":"), let receiver else { return nil }
    let isRunLoop = receiver.path.contains { $0.word == .runLoop }
    let isTimed =
      switch window[2].word {
      case .until: isRunLoop || window[4].word == .date
      case .mode: isRunLoop || hasArgument(.before)
      default: false
      }
    return isTimed ? found(.runLoop, on: receiver) : nil
  }

  /// Whether the call here has an argument with this label.
  private func hasArgument(_ label: Word) -> Bool {
    guard let end = window.endOfGroup(at: 1) else { return false }
    return (2..<end).contains { window[$0].word == label && window[$0 + 1].isMark(":") }
  }
}
