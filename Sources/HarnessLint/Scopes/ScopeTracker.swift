/// Follows the brackets of a source and what is bound inside them, one token after the other.
///
/// It knows Swift by its keywords only, which is enough to tell a loop from a closure and one `clock` from
/// another. What it cannot tell is no clock that may be slept on.
struct ScopeTracker {
  /// The group that was closed last, and the ordinal of the bracket that closed it.
  struct Closed {
    var position = Int.min
    var callee: Token?
    var expressionLine = 0
  }

  var scopes: [Scope]
  private(set) var lastClosed = Closed()
  /// Nil in the first reading, which finds out.
  private let known: ClockMembers?
  /// What a reading finds out.
  var found = ClockMembers()
  /// The ordinal of the bracket that closed the last `repeat`, whose `while` opens nothing.
  private(set) var closedRepeat = Int.min

  init(known: ClockMembers? = nil) {
    self.known = known
    scopes = [Scope(kind: .file, names: known?.names(of: nil) ?? [:])]
  }

  var top: Int { scopes.count - 1 }

  /// Takes in the current token of a window.
  mutating func take(_ window: TokenWindow) throws(NestingError) {
    let token = window[0]
    switch token.kind {
    case .name:
      if token.word == .other {
        takeName(window)
      } else {
        takeKeyword(window)
      }
    case .mark:
      switch token.byte {
      case UInt8(ascii: "("):
        let areParameters = if case .function = scopes[top].head { true } else { false }
        try open(Scope(kind: .parentheses(areParameters: areParameters)), window)
      case UInt8(ascii: "["): try open(Scope(kind: .squareBrackets), window)
      case UInt8(ascii: "{"): try openBrace(window)
      case UInt8(ascii: ")"): if case .parentheses = scopes[top].kind { close(window) }
      case UInt8(ascii: "]"): if case .squareBrackets = scopes[top].kind { close(window) }
      case UInt8(ascii: "}"): closeBrace(window)
      default: break
      }
    case .number, .string, .regex, .symbol, .directive, .comment, .end: break
    }
  }

  private mutating func open(_ scope: Scope, _ window: TokenWindow) throws(NestingError) {
    guard scopes.count <= Lexer.maximumDepth else { throw NestingError(place: window[0].place) }
    var scope = scope
    let last = window[-1]
    scope.expressionLine = window[0].place.line
    if last.kind == .name, !last.word.isReserved, !window[0].startsLine {
      scope.callee = last
      scope.expressionLine = Receiver.firstLine(endingAt: -1, in: window, after: lastClosed)
    } else if lastClosed.position == window.position - 1, !window[0].startsLine {
      // A closure after the parentheses of a call.
      scope.callee = lastClosed.callee
      scope.expressionLine = lastClosed.expressionLine
    }
    scopes.append(scope)
  }

  private mutating func openBrace(_ window: TokenWindow) throws(NestingError) {
    var scope = Scope(kind: .body, names: scopes[top].pending)
    switch scopes[top].head {
    case .type(let name):
      scope.kind = .type(name)
      scope.names = known?.names(of: name) ?? [:]
    case .function(let name): scope.isSleep = name == .sleep
    case .statement, .guarded: scope.kind = .block
    case .loop(let isPolling, let isRepeat):
      scope.kind = .loop(isPolling: isPolling)
      scope.isRepeat = isRepeat
    case nil:
      scope.isVirtual = calleeOfClosure(window)?.word.opensVirtualTime ?? false
      scope.names = closureNames(window, isVirtual: scope.isVirtual)
    }
    scopes[top].head = nil
    scopes[top].pending = [:]
    try open(scope, window)
  }

  /// What the closure that begins here is handed to.
  private func calleeOfClosure(_ window: TokenWindow) -> Token? {
    if lastClosed.position == window.position - 1 { return lastClosed.callee }
    return window[-1].kind == .name ? window[-1] : scopes[top].callee
  }

  /// The names that a closure binds; the first one of `withVirtualTime` is its clock.
  private func closureNames(_ window: TokenWindow, isVirtual: Bool) -> [String: Bool] {
    guard let parameters = window.closureParameters() else { return ["$0": isVirtual] }
    var names = window.capturedNames()
    for (index, parameter) in parameters.enumerated() {
      names[parameter.name] = isVirtual && index == 0 || parameter.isClock ?? false
    }
    return names
  }

  private mutating func close(_ window: TokenWindow) {
    let scope = scopes.removeLast()
    lastClosed = Closed(
      position: window.position, callee: scope.callee, expressionLine: scope.expressionLine)
    if scope.isRepeat { closedRepeat = window.position }
  }

  private mutating func closeBrace(_ window: TokenWindow) {
    // Parentheses that were not closed are closed by their brace.
    guard let brace = scopes.lastIndex(where: \.isBrace), brace > 0 else { return }
    scopes.removeLast(top - brace)
    close(window)
  }
}
