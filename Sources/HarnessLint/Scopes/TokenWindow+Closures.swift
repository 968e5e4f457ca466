/// A parameter as a closure's signature names it.
struct ClosureParameter: Equatable {
  var name: String
  /// Whether its type is a clock that a test may sleep on; nil without a type.
  var isClock: Bool?
}

extension TokenWindow {
  /// How many tokens of a closure are searched for its `in`.
  private static let longestSignature = 128

  /// The names that the capture list binds anew, for the closure whose brace is the current token; whether
  /// each is a clock that a test may sleep on.
  func capturedNames() -> [String: Bool] {
    guard self[1].isMark("["), let end = endOfGroup(at: 1) else { return [:] }
    var names: [String: Bool] = [:]
    for distance in 2..<end where self[distance].kind == .name && self[distance + 1].isMark("=") {
      names[text(of: self[distance])] = valueIsNewClock(at: distance + 2)
    }
    return names
  }

  /// The parameters of the closure whose brace is the current token; nil where it has no signature.
  func closureParameters() -> [ClosureParameter]? {
    var distance = 1
    while self[distance].isMark("@"), distance < Self.longestSignature {
      distance += 2
      if self[distance].isMark("("), self[distance].isAdjacent {
        guard let end = endOfGroup(at: distance) else { return nil }
        distance = end + 1
      }
    }
    if self[distance].isMark("["), let end = endOfGroup(at: distance) { distance = end + 1 }
    let first = distance

    var (parameters, depth): ([ClosureParameter], Int) = ([], 0)
    while distance < first + Self.longestSignature, distance < Self.ahead - 8 {
      let token = self[distance]
      switch token.kind {
      case .name:
        if token.word == .in, depth == 0 { return parameters }
        if token.word.isReserved, ![.inout, .wildcard, .selfName].contains(token.word) {
          return nil
        }
        let (last, next) = (self[distance - 1], self[distance + 1])
        if next.isMark(":") {
          parameters.append(
            ClosureParameter(name: text(of: token), isClock: typeIsClock(at: distance + 2)))
        } else if depth <= 1, distance == first || last.isMark("(") || last.isMark(",") {
          parameters.append(ClosureParameter(name: text(of: token)))
        }
      case .mark:
        switch token.byte {
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "<"): depth += 1
        case UInt8(ascii: ")"), UInt8(ascii: "]"): depth -= 1
        case UInt8(ascii: ">"): if !self[distance - 1].isMark("-") { depth -= 1 }
        case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: ";"), UInt8(ascii: "="): return nil
        default: break
        }
      case .string, .number, .regex, .directive, .symbol, .comment, .end: return nil
      }
      distance += 1
    }
    return nil
  }
}
