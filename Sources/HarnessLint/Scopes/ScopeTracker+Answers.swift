/// What the rules ask.
extension ScopeTracker {
  /// Whether a name is bound to a clock that a test may sleep on.
  func isClock(_ name: String) -> Bool {
    for scope in scopes.reversed() {
      if let isClock = scope.names[name] { return isClock }
    }
    return false
  }

  /// Whether a member of the type around is such a clock.
  func isClock(ofSelf name: String) -> Bool {
    for scope in scopes.reversed() {
      if case .type = scope.kind { return scope.names[name] ?? false }
    }
    return false
  }

  /// Whether the code here runs again and again until something is so.
  var isInPollLoop: Bool {
    for scope in scopes.reversed() {
      switch scope.kind {
      case .loop(let isPolling): return isPolling
      case .file, .type, .body: return false
      case .block, .parentheses, .squareBrackets: continue
      }
    }
    return false
  }

  /// Whether the code here is the body of a function `sleep` of a type that may be a clock.
  var isInSleepOfClock: Bool {
    var isInSleep = false
    for scope in scopes.reversed() {
      if scope.isSleep { isInSleep = true }
      if case .type(let name) = scope.kind {
        return isInSleep && name != Word.task.rawValue && name != Word.thread.rawValue
      }
    }
    return false
  }

  /// Whether the code here runs in virtual time, as far as it is written inside its closure.
  var isInVirtualTime: Bool {
    for scope in scopes.reversed() {
      if scope.isVirtual { return true }
      if scope.hasMembers { return false }
    }
    return false
  }

  /// Whether only declarations can stand here.
  var isInType: Bool {
    if case .type = scopes[top].kind { true } else { false }
  }
}
