/// What keywords open, and which names they bind.
extension ScopeTracker {
  /// Takes in a name that is a keyword, or another word that is known.
  mutating func takeKeyword(_ window: TokenWindow) {
    let (last, word, next) = (window[-1], window[0].word, window[1])
    if word == .sleep, last.word.declares || window.isParameterName || next.word == .in {
      found.declaresSleep = true
    }
    guard !last.isMark("."), !window.isLabel else { return takeName(window) }
    switch word {
    case .struct, .class, .enum, .actor, .protocol, .extension:
      guard last.word != .import, let name = typeName(window) else { return }
      scopes[top].head = .type(name)
    case .func where last.word != .import: begin(.function(next.word))
    case .initializer, .subscript: begin(.function(.other))
    case .let, .var:
      if case .function = scopes[top].head { scopes[top].head = nil }
      bind(window)
    case .if, .switch, .do, .catch, .else, .defer: begin(.statement)
    case .guard: begin(.guarded)
    case .while where closedRepeat != window.position - 1:
      begin(.loop(isPolling: ![.let, .var, .case].contains(next.word), isRepeat: false))
    case .repeat where next.isMark("{"): begin(.loop(isPolling: true, isRepeat: true))
    case .for:
      begin(.loop(isPolling: next.word == .wildcard, isRepeat: false))
      bindPattern(window)
    default: takeName(window)
    }
  }

  private mutating func begin(_ head: Scope.Head) {
    scopes[top].head = head
    scopes[top].pending = [:]
  }

  /// The name of the type whose keyword is the current token, without what it is nested in.
  private func typeName(_ window: TokenWindow) -> String? {
    let isExtension = window[0].word == .extension
    guard window[1].kind == .name, !window[1].word.isReserved, isExtension || !window[1].startsLine
    else { return isExtension ? "" : nil }
    var end = 1
    while end < 16, window[end + 1].isMark("."), window[end + 2].kind == .name { end += 2 }
    return window.text(of: window[end])
  }

  /// Binds what `let` or `var` declares.
  private mutating func bind(_ window: TokenWindow) {
    let (next, after) = (window[1], window[2])
    if next.kind == .mark || after.isMark("(") || after.isMark(".") {
      bindPattern(window)
    } else if next.kind == .name, !next.word.isReserved {
      declare(window.text(of: next), isClock: isClock(boundBy: 1, window))
    }
  }

  /// Binds the second name of `let a = 1, b = 2` and those after it.
  private mutating func takeFurtherName(_ window: TokenWindow) {
    guard scopes[top].isBrace, window[-1].isMark(","), window.hasValueOrType(at: 0) else { return }
    declare(window.text(of: window[0]), isClock: isClock(boundBy: 0, window))
  }

  /// Whether the name there is bound to a clock that a test may sleep on.
  private func isClock(boundBy distance: Int, _ window: TokenWindow) -> Bool {
    let name = window.text(of: window[distance])
    if window[distance + 1].isMark(":") { return window.typeIsClock(at: distance + 2) }
    if window.hasValueOrType(at: distance) {
      if let source = window.valueAsName(at: distance + 2) {
        return source.ofSelf ? isClock(ofSelf: source.name) : isClock(source.name)
      }
      return window.valueIsNewClock(at: distance + 2)
    }
    // `if let clock` binds what has the name already.
    switch scopes[top].head {
    case .statement, .guarded, .loop: return isClock(name)
    case .type, .function, nil: return false
    }
  }

  /// Binds the names of a pattern: of a `for` loop, of `let (a, b)`, of `case let .a(b)`.
  private mutating func bindPattern(_ window: TokenWindow) {
    var depth = 0
    for distance in 1..<32 {
      let token = window[distance]
      if token.word == .in || token.isMark("=") || token.isMark("{") { return }
      if token.isMark("(") { depth += 1 }
      if token.isMark(")") { depth -= 1 }
      // A label, or the end of a `case`.
      if depth <= 0, token.isMark(")") || token.isMark(":") { return }
      guard token.kind == .name else { continue }
      if token.word == .sleep { found.declaresSleep = true }
      declare(window.text(of: token), isClock: false)
    }
  }

  /// Binds a parameter of a function for its body.
  private mutating func takeParameter(_ window: TokenWindow) {
    guard scopes[top].kind == .parentheses(areParameters: true), window[1].isMark(":") else {
      return
    }
    scopes[top - 1].pending[window.text(of: window[0])] = window.typeIsClock(at: 2)
  }

  /// Takes in a name that is no keyword here.
  mutating func takeName(_ window: TokenWindow) {
    takeParameter(window)
    takeFurtherName(window)
  }

  /// Binds a name in the scope that the statement here belongs to, or in the block which it opens.
  private mutating func declare(_ name: String, isClock: Bool) {
    guard let scope = scopes.lastIndex(where: \.isBrace) else { return }
    switch scopes[scope].head {
    case .statement, .loop: scopes[scope].pending[name] = isClock
    case .type, .function, .guarded, nil:
      switch scopes[scope].kind {
      case .type(let type): found.declare(name, of: type, isClock: isClock)
      case .file: found.declare(name, of: nil, isClock: isClock)
      case .body, .block, .loop, .parentheses, .squareBrackets:
        scopes[scope].names[name] = isClock
      }
    }
  }
}
