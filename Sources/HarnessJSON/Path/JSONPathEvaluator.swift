/// Finds what a query selects, on a tape.
struct JSONPathEvaluator {
  let tape: JSONTape
  let root: Int
  private let path: JSONPath
  private let maximumNodes: Int
  private var stepsLeft: Int

  init(_ path: JSONPath, on tape: JSONTape, from root: Int, limits: JSONPathLimits) {
    self.path = path
    self.tape = tape
    self.root = root
    maximumNodes = limits.maximumNodes
    stepsLeft = limits.maximumSteps
  }

  /// The indices of the values that are selected, in the order of RFC 9535.
  mutating func run() throws(JSONPathError) -> [Int] {
    try select(path.segments, from: root)
  }

  mutating func select(
    _ segments: [JSONPath.Segment], from start: Int
  ) throws(JSONPathError) -> [Int] {
    var nodes = [start]
    for segment in segments {
      var selected: [Int] = []
      for node in nodes {
        if segment.isDescendant {
          try selectBelow(node, segment.selectors, &selected)
        } else {
          try select(segment.selectors, of: node, &selected)
        }
      }
      nodes = selected
    }
    return nodes
  }

  /// Applies the selectors to a value and all of its descendants, in the order of the text.
  private mutating func selectBelow(
    _ node: Int, _ selectors: [JSONPath.Selector], _ selected: inout [Int]
  ) throws(JSONPathError) {
    for index in node..<tape.next(node) where tape[index].isContainer {
      try select(selectors, of: index, &selected)
    }
    try spend(tape.next(node) - node)
  }

  private mutating func select(
    _ selectors: [JSONPath.Selector], of node: Int, _ selected: inout [Int]
  ) throws(JSONPathError) {
    for selector in selectors {
      try spend(1)
      switch (selector, tape[node].kind) {
      case (.name(let name), .object):
        try spend(tape.childCount(node))
        if let value = tape.lastValue(named: name, of: node) { try append(value, &selected) }
      case (.index(let index), .array):
        let count = tape.childCount(node)
        let position = index < 0 ? index + count : index
        if position >= 0, position < count {
          try append(tape.child(position, of: node), &selected)
        }
      case (.slice(let start, let end, let step), .array):
        try selectSlice(of: node, start, end, step, &selected)
      case (.wildcard, .array), (.wildcard, .object):
        try forEachChild(of: node) { (evaluator, child) throws(JSONPathError) in
          try evaluator.append(child, &selected)
        }
      case (.filter(let condition), .array), (.filter(let condition), .object):
        try forEachChild(of: node) { (evaluator, child) throws(JSONPathError) in
          if try evaluator.holds(condition, at: child) { try evaluator.append(child, &selected) }
        }
      default: break
      }
    }
  }

  private mutating func forEachChild(
    of node: Int, _ body: (inout Self, _ child: Int) throws(JSONPathError) -> Void
  ) throws(JSONPathError) {
    let end = tape[node].payload - 1
    let nameWidth = tape[node].kind == .object ? 1 : 0
    var child = node + 1 + nameWidth
    while child < end {
      try spend(1)
      try body(&self, child)
      child = tape.next(child) + nameWidth
    }
  }

  /// Source: RFC 9535, section 2.3.4.2.2.
  private mutating func selectSlice(
    of node: Int, _ start: Int?, _ end: Int?, _ step: Int, _ selected: inout [Int]
  ) throws(JSONPathError) {
    let count = tape.childCount(node)
    guard step != 0, count > 0 else { return }
    func normalized(_ index: Int) -> Int { index >= 0 ? index : count + index }
    let isForward = step > 0
    let first = normalized(start ?? (isForward ? 0 : count - 1))
    // What is left out means one place before the first element, which no index can say.
    let last = end.map(normalized) ?? (isForward ? count : -1)
    let bounds = isForward ? 0...count : -1...count - 1
    func clamped(_ index: Int) -> Int { min(max(index, bounds.lowerBound), bounds.upperBound) }
    for position in stride(from: clamped(first), to: clamped(last), by: step) {
      try spend(1)
      try append(tape.child(position, of: node), &selected)
    }
  }

  private mutating func append(_ node: Int, _ selected: inout [Int]) throws(JSONPathError) {
    guard selected.count < maximumNodes else {
      throw JSONPathError(
        path: path.text, offset: nil, reason: "it selects more than \(maximumNodes) values")
    }
    selected.append(node)
  }

  /// Takes from the work that is allowed.
  mutating func spend(_ steps: Int) throws(JSONPathError) {
    stepsLeft -= steps
    guard stepsLeft >= 0 else {
      throw JSONPathError(path: path.text, offset: nil, reason: "it takes too many steps")
    }
  }
}
