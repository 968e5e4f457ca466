/// What tokens say of a type or of a value: whether it is a clock that a test may sleep on.
extension TokenWindow {
  /// How many tokens of a call are searched for its end.
  private static let longestCall = 128

  /// Whether the type that begins there is a `ManualClock` or a `VirtualClock`, optional or not.
  func typeIsClock(at start: Int) -> Bool {
    var distance = start
    while isTypeModifier(at: distance) { distance += self[distance].isMark("@") ? 2 : 1 }
    guard let end = endOfPath(at: distance), self[end].word.isVirtualClock else { return false }
    let next = self[end + 1]
    guard next.kind == .mark, !next.startsLine else { return next.kind != .symbol }
    // A type inside it, a function that takes it, or a composition is another type.
    return ![".", "(", "<", "&", "-", "["].contains { next.isMark($0) }
  }

  /// Whether the name there is followed by its type or by its value.
  func hasValueOrType(at distance: Int) -> Bool {
    let (next, after) = (self[distance + 1], self[distance + 2])
    return next.isMark(":") || next.isMark("=") && !(after.isMark("=") && after.isAdjacent)
  }

  private func isTypeModifier(at distance: Int) -> Bool {
    switch self[distance].word {
    case .any, .borrowing, .consuming, .inout, .isolated, .sending, .some: true
    default: self[distance].isMark("@")
    }
  }

  /// Whether the value that begins there is `ManualClock(…)` and nothing more.
  func valueIsNewClock(at start: Int) -> Bool {
    guard let end = endOfPath(at: afterEffects(start)), self[end + 1].isMark("(") else {
      return false
    }
    var name = self[end]
    if name.word == .initializer, self[end - 1].isMark(".") { name = self[end - 2] }
    guard name.word.isVirtualClock, let close = endOfGroup(at: end + 1) else { return false }
    return endsExpression(at: close + 1)
  }

  /// The name that the value which begins there consists of; with `self.`, the member's.
  func valueAsName(at start: Int) -> (name: String, ofSelf: Bool)? {
    var distance = start
    let ofSelf = self[start].word == .selfName && self[start + 1].isMark(".")
    if ofSelf { distance += 2 }
    guard self[distance].kind == .name, endsExpression(at: distance + 1) else { return nil }
    return (text(of: self[distance]), ofSelf)
  }

  /// The last name of `A.B.C`.
  private func endOfPath(at start: Int) -> Int? {
    guard self[start].kind == .name else { return nil }
    var end = start
    while end < Self.longestCall, self[end + 1].isMark("."), self[end + 2].kind == .name {
      end += 2
    }
    return end
  }

  private func afterEffects(_ start: Int) -> Int {
    var distance = start
    while self[distance].word == .try || self[distance].word == .await
      || self[distance].isMark("!") || self[distance].isMark("?")
    { distance += 1 }
    return distance
  }

  /// The bracket that closes the one there, if it is near.
  func endOfGroup(at start: Int) -> Int? {
    var depth = 0
    for distance in start..<min(start + Self.longestCall, Self.ahead) {
      let token = self[distance]
      if token.kind == .end { return nil }
      guard token.kind == .mark else { continue }
      switch token.byte {
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth -= 1
        if depth == 0 { return distance }
      default: break
      }
    }
    return nil
  }

  /// Whether no expression goes on there.
  private func endsExpression(at distance: Int) -> Bool {
    let token = self[distance]
    if token.kind == .end { return true }
    if token.kind == .mark {
      return ["}", ")", "]", ",", ";", "{"].contains { token.isMark($0) }
        || token.startsLine && (token.isMark("@") || token.isMark("("))
    }
    return token.startsLine && token.kind != .symbol || token.word == .else
  }
}
