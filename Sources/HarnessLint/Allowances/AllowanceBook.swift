/// The allowances of a source, and the lines that they speak of.
///
/// One that follows code speaks of its own line, one that stands alone of the next line with code.
struct AllowanceBook {
  private(set) var allowances: [Allowance] = []
  /// The first of those that wait for the next line with code; they are the last ones.
  private var firstWaiting = 0
  /// The allowances for each line with code.
  private var byLine: [Int: [Int]] = [:]

  /// How many lines of an expression are looked at.
  private static let longestExpression = 100

  /// Takes in a comment.
  mutating func comment(_ text: ArraySlice<UInt8>, at place: SourcePlace, followsCode: Bool) {
    for meaning in Allowance.meanings(of: text) {
      allowances.append(Allowance(meaning: meaning, place: place))
    }
    if followsCode { code(onLine: place.line) }
  }

  /// Takes in that there is code on a line.
  mutating func code(onLine line: Int) {
    while firstWaiting < allowances.count {
      byLine[line, default: []].append(firstWaiting)
      firstWaiting += 1
    }
  }

  /// Whether something is allowed; what allows it is then used.
  mutating func allows(_ match: Match) -> Bool {
    guard !allowances.isEmpty else { return false }
    let first = max(match.firstLine, match.place.line - Self.longestExpression)
    var isAllowed = false
    for line in first...match.place.line {
      for index in byLine[line] ?? []
      where allowances[index].meaning == .allows(match.construct.rule) {
        allowances[index].isUsed = true
        isAllowed = true
      }
    }
    return isAllowed
  }
}
