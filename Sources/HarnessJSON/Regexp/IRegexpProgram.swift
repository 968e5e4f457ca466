/// A pattern as the steps of an automaton, after Thompson's construction.
struct IRegexpProgram: Sendable {
  enum Step: Sendable {
    /// One scalar of the class, then the next step.
    case scalar(ScalarClass)
    /// Goes on only at the beginning of the text, or at its end.
    case start, end
    /// Goes on at both.
    case split(Int, Int)
    case jump(Int)
    case match
  }

  static let maximumSteps = 10_000

  private(set) var steps: [Step] = []
  private let pattern: String
  /// How many nodes were visited: repetitions of nothing need no steps, but time.
  private var visits = 0

  init(of node: IRegexpNode, pattern: String) throws(IRegexpError) {
    self.pattern = pattern
    try append(node)
    steps.append(.match)
  }

  private mutating func append(_ node: IRegexpNode) throws(IRegexpError) {
    visits += 1
    guard visits <= Self.maximumSteps else {
      throw IRegexpError(
        pattern: pattern, offset: pattern.unicodeScalars.count,
        reason: "the pattern needs more than \(Self.maximumSteps) steps")
    }
    switch node {
    case .scalars(let scalars): steps.append(.scalar(scalars))
    case .start: steps.append(.start)
    case .end: steps.append(.end)
    case .sequence(let nodes): for node in nodes { try append(node) }
    case .choice(let branches): try append(branches[...])
    case .repeated(let node, let least, let most): try append(node, least, most)
    }
  }

  private mutating func append(_ branches: ArraySlice<IRegexpNode>) throws(IRegexpError) {
    var jumps: [Int] = []
    for (offset, branch) in branches.enumerated() {
      let isLast = offset == branches.count - 1
      let split = steps.count
      if !isLast { steps.append(.split(split + 1, 0)) }
      try append(branch)
      guard !isLast else { break }
      jumps.append(steps.count)
      steps.append(.jump(0))
      steps[split] = .split(split + 1, steps.count)
    }
    for jump in jumps { steps[jump] = .jump(steps.count) }
  }

  private mutating func append(
    _ node: IRegexpNode, _ least: Int, _ most: Int?
  ) throws(IRegexpError) {
    for _ in 0..<least { try append(node) }
    guard let most else {
      let split = steps.count
      steps.append(.split(0, 0))
      try append(node)
      steps.append(.jump(split))
      steps[split] = .split(split + 1, steps.count)
      return
    }
    var splits: [Int] = []
    for _ in least..<most {
      splits.append(steps.count)
      steps.append(.split(0, 0))
      try append(node)
    }
    for split in splits { steps[split] = .split(split + 1, steps.count) }
  }
}
