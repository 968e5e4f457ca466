extension JSONDifference {
  /// The findings as a tree in the shape of the values: only what leads to a finding is there.
  ///
  /// Nil when both values mean the same.
  public var tree: Node? {
    guard !isEmpty else { return nil }
    var builder = TreeBuilder()
    for finding in findings { builder.add(finding) }
    return builder.finish()
  }

  /// A place on the way to findings, or with a finding of its own.
  public struct Node: Sendable {
    /// The member name or array index that leads here; empty for the root.
    public let token: String
    /// The pointer to the place.
    public let pointer: JSONPointer
    /// What differs here: nothing where only the content does, and more than one where an element is
    /// missing and another one is unexpected at the same index.
    public fileprivate(set) var findings: [Finding]
    /// The places below, in the order of the findings.
    public fileprivate(set) var children: [Node]

    /// How many findings there are here and below.
    public var count: Int {
      var count = 0
      var nodes = [self]
      while let node = nodes.popLast() {
        count += node.findings.count
        nodes += node.children
      }
      return count
    }
  }
}

/// Puts findings in a tree: their order keeps those of a branch together.
private struct TreeBuilder {
  /// From the root to the place that was added last.
  private var open = [
    JSONDifference.Node(token: "", pointer: JSONPointer(), findings: [], children: [])
  ]

  mutating func add(_ finding: JSONDifference.Finding) {
    let tokens = finding.pointer.tokens
    var common = 0
    while common < min(tokens.count, open.count - 1),
      tokens[common].hasSameBytes(as: open[common + 1].token)
    {
      common += 1
    }
    close(to: common + 1)
    for depth in common..<tokens.count {
      let pointer = JSONPointer(tokens: Array(tokens[...depth]))
      open.append(
        JSONDifference.Node(token: tokens[depth], pointer: pointer, findings: [], children: []))
    }
    open[open.count - 1].findings.append(finding)
  }

  private mutating func close(to count: Int) {
    while open.count > count {
      let node = open.removeLast()
      open[open.count - 1].children.append(node)
    }
  }

  mutating func finish() -> JSONDifference.Node {
    close(to: 1)
    return open[0]
  }
}
