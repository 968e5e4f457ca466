/// Runs an automaton over a text: all of its threads at once, each step at most once for a scalar.
struct IRegexpMatcher {
  private let program: IRegexpProgram
  /// The steps that wait for the next scalar.
  private var waiting: [Int] = []
  private var before: [Int] = []
  /// For each step, the last round in which it was reached.
  private var reached: [Int]
  private var round = 0
  private var hasMatched = false
  private var pending: [Int] = []

  init(_ program: IRegexpProgram) {
    self.program = program
    reached = Array(repeating: -1, count: program.steps.count)
  }

  mutating func run(_ text: String, isAnchored: Bool) -> Bool {
    let scalars = text.unicodeScalars
    var index = scalars.startIndex
    reach(0, isAtStart: true, isAtEnd: scalars.isEmpty)
    while index < scalars.endIndex {
      if hasMatched && !isAnchored { return true }
      if waiting.isEmpty && isAnchored { return false }
      let scalar = scalars[index]
      index = scalars.index(after: index)
      let isAtEnd = index == scalars.endIndex
      swap(&waiting, &before)
      waiting.removeAll(keepingCapacity: true)
      round += 1
      hasMatched = false
      for step in before {
        guard case .scalar(let scalars) = program.steps[step] else { continue }
        if scalars.contains(scalar) { reach(step + 1, isAtStart: false, isAtEnd: isAtEnd) }
      }
      if !isAnchored { reach(0, isAtStart: false, isAtEnd: isAtEnd) }
    }
    return hasMatched
  }

  /// Follows a step to those that wait for a scalar.
  private mutating func reach(_ step: Int, isAtStart: Bool, isAtEnd: Bool) {
    pending.append(step)
    while let step = pending.popLast() {
      guard reached[step] != round else { continue }
      reached[step] = round
      switch program.steps[step] {
      case .scalar: waiting.append(step)
      case .start: if isAtStart { pending.append(step + 1) }
      case .end: if isAtEnd { pending.append(step + 1) }
      case .jump(let next): pending.append(next)
      case .split(let one, let other):
        pending.append(other)
        pending.append(one)
      case .match: hasMatched = true
      }
    }
  }
}
