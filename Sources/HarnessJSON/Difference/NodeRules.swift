/// What the rules of a comparison say about the values of one side, by their places on the tape.
struct NodeRules: Sendable {
  enum Order: Sendable {
    case kept
    case free
    case keyed(JSONPointer)
  }

  struct Node: Sendable {
    var isIgnored = false
    var order = Order.kept
    var numbers: JSONComparison.NumberPolicy?
  }

  /// In the order of the tape.
  private let entries: [(index: Int, node: Node)]
  /// For each rule, whether it selected anything.
  let hasMatched: [Bool]

  var isEmpty: Bool { entries.isEmpty }

  init(
    _ rules: [JSONComparison.Rule], on tape: JSONTape, from root: Int
  ) throws(JSONPathError) {
    var nodes: [Int: Node] = [:]
    var hasMatched: [Bool] = []
    for rule in rules {
      var evaluator = JSONPathEvaluator(rule.path, on: tape, from: root, limits: JSONPathLimits())
      let selected = try evaluator.run()
      hasMatched.append(!selected.isEmpty)
      for index in selected {
        switch rule.kind {
        case .ignored: nodes[index, default: Node()].isIgnored = true
        case .unordered: nodes[index, default: Node()].order = .free
        case .keyed(let key): nodes[index, default: Node()].order = .keyed(key)
        case .numbers(let policy): nodes[index, default: Node()].numbers = policy
        }
      }
    }
    entries = nodes.map { (index: $0.key, node: $0.value) }.sorted { $0.index < $1.index }
    self.hasMatched = hasMatched
  }

  /// What is said about a value.
  subscript(index: Int) -> Node? {
    guard !entries.isEmpty else { return nil }
    let position = position(of: index)
    guard position < entries.count, entries[position].index == index else { return nil }
    return entries[position].node
  }

  /// The same for a reader that goes along the tape and keeps the cursor.
  @inline(__always)
  func node(at index: Int, _ cursor: inout Int) -> Node? {
    while cursor < entries.count, entries[cursor].index < index { cursor += 1 }
    guard cursor < entries.count, entries[cursor].index == index else { return nil }
    return entries[cursor].node
  }

  private func position(of index: Int) -> Int {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].index < index { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
