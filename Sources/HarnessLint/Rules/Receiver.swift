/// What a member is called on, as far as the tokens before it show.
struct Receiver {
  /// What the path begins with.
  enum Base: Equatable {
    /// With its first name.
    case name
    /// With a call, by the name of what is called.
    case call(Token)
    /// With anything else that has a value.
    case other
  }

  private(set) var base = Base.name
  /// The names, the outermost first; empty where a call is all there is.
  private(set) var path: [Token] = []
  /// The line on which it begins.
  private(set) var firstLine = 0

  /// How many names of a path are looked at.
  private static let longestPath = 8
  /// How many tokens of a list of generic arguments are looked at.
  private static let longestArguments = 64

  /// Reads it backwards from the token before a dot.
  ///
  /// Nil where nothing stands before the dot, as in `case .sleep`.
  init?(endingAt end: Int, in window: TokenWindow, after closed: ScopeTracker.Closed) {
    guard var distance = Self.operand(endingAt: end, in: window) else { return nil }
    firstLine = Self.firstLine(endingAt: distance, in: window, after: closed)
    while path.count < Self.longestPath {
      let token = window[distance]
      let nameDistance =
        token.isMark(">") ? Self.generic(endingAt: distance, in: window) : distance
      guard let nameDistance, window[nameDistance].kind == .name else {
        base = .other
        if !token.isMark("]"), closed.position == window.position + distance {
          base = closed.callee.map(Base.call) ?? .other
        }
        return
      }
      path.insert(window[nameDistance], at: 0)
      guard window[nameDistance - 1].isMark(".") else { return }
      guard let next = Self.operand(endingAt: nameDistance - 2, in: window) else { break }
      distance = next
    }
    // `.name` alone, or a path that is too long to be a clock that anybody knows.
    base = .other
  }

  /// The last token of the value that ends there, without `?` and `!`; nil if none does.
  private static func operand(endingAt end: Int, in window: TokenWindow) -> Int? {
    var distance = end
    while window[distance].isMark("?") || window[distance].isMark("!") {
      // With a space before it, it is an operator.
      guard window[distance].isAdjacent, distance > -longestArguments else { return nil }
      distance -= 1
    }
    let token = window[distance]
    switch token.kind {
    case .name: return token.word.endsNoExpression ? nil : distance
    case .string, .number, .regex: return distance
    case .mark:
      let isBracket = [")", "]", "}"].contains { token.isMark($0) }
      return isBracket || token.isMark(">") && token.isAdjacent ? distance : nil
    case .symbol, .directive, .comment, .end: return nil
    }
  }

  /// The name before the generic arguments that end there.
  private static func generic(endingAt end: Int, in window: TokenWindow) -> Int? {
    var (distance, depth) = (end, 0)
    while distance > end - longestArguments {
      let token = window[distance]
      if token.isMark(">"), !window[distance - 1].isMark("-") { depth += 1 }
      if token.isMark("<") { depth -= 1 }
      distance -= 1
      if depth == 0 { return distance }
    }
    return nil
  }

  /// The line on which the expression begins whose last token that is.
  static func firstLine(
    endingAt end: Int, in window: TokenWindow, after closed: ScopeTracker.Closed
  ) -> Int {
    var (distance, line) = (end, window[end].place.line)
    while true {
      if closed.position == window.position + distance { return closed.expressionLine }
      guard window[distance].kind == .name else { return line }
      line = window[distance].place.line
      guard window[distance - 1].isMark("."), distance > -TokenWindow.behind / 2 else {
        return line
      }
      distance -= 2
      while window[distance].isMark("?") || window[distance].isMark("!") { distance -= 1 }
    }
  }

  /// As a message shows it.
  func text(in window: TokenWindow) -> String {
    let names = path.map { window.text(of: $0) }
    let start: [String] =
      switch base {
      case .name: []
      case .call(let callee): ["\(window.text(of: callee))(…)"]
      case .other: ["…"]
      }
    return (start + names).map { $0.prefix(40) }.joined(separator: ".")
  }
}
