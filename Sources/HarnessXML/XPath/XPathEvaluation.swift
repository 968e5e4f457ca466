/// Follows a path, step by step.
enum XPathEvaluation {
  /// A match and its way from the document: 0 and an index for an attribute, 1 and an index for a child.
  private struct Node {
    let way: [Int]
    let match: XPathMatch
  }

  static func run(_ steps: [XPath.Step], from document: XMLTree.Element) -> [XPathMatch] {
    var current = [Node(way: [], match: .element(document))]
    for step in steps {
      var next: [Node] = []
      for node in current {
        // `//b` looks at the children of every element below.
        for start in step.isDeep ? descendants(of: node) : [node] { next += apply(step, to: start) }
      }
      // Of two elements one may be inside the other, and then both lead to the same ones.
      var seen: Set<[Int]> = []
      current = next.filter { seen.insert($0.way).inserted }
        .sorted { $0.way.lexicographicallyPrecedes($1.way) }
    }
    return current.map(\.match)
  }

  private static func descendants(of node: Node) -> [Node] {
    var (found, open) = ([Node](), [node])
    while let next = open.popLast() {
      found.append(next)
      open += children(of: next).filter { if case .element = $0.match { true } else { false } }
    }
    return found
  }

  private static func children(of node: Node) -> [Node] {
    guard case .element(let element) = node.match else { return [] }
    return element.children.enumerated().map { index, child in
      switch child {
      case .element(let element): Node(way: node.way + [1, index], match: .element(element))
      case .text(let text): Node(way: node.way + [1, index], match: .text(text))
      }
    }
  }

  private static func attributes(of node: Node) -> [Node] {
    guard case .element(let element) = node.match else { return [] }
    return element.attributes.enumerated().map { index, attribute in
      Node(way: node.way + [0, index], match: .attribute(attribute))
    }
  }

  private static func apply(_ step: XPath.Step, to node: Node) -> [Node] {
    var found: [Node]
    switch step.test {
    case .itself: found = [node]
    case .any, .name, .text: found = children(of: node).filter { isMatch($0.match, step.test) }
    case .anyAttribute, .attribute:
      found = attributes(of: node).filter { isMatch($0.match, step.test) }
    }
    for predicate in step.predicates { found = filter(found, by: predicate) }
    return found
  }

  private static func isMatch(_ match: XPathMatch, _ test: XPath.Test) -> Bool {
    switch (match, test) {
    case (.element, .any), (.text, .text), (.attribute, .anyAttribute): true
    case (.element(let element), .name(let name, let inAnyNamespace)):
      isNamed(element.name, name, inAnyNamespace)
    case (.attribute(let attribute), .attribute(let name, let inAnyNamespace)):
      isNamed(attribute.name, name, inAnyNamespace)
    default: false
    }
  }

  private static func isNamed(
    _ name: XMLTree.Name, _ wanted: XMLTree.Name, _ inAnyNamespace: Bool
  ) -> Bool {
    name.local == wanted.local && (inAnyNamespace || name.namespace == wanted.namespace)
  }

  private static func filter(_ nodes: [Node], by predicate: XPath.Predicate) -> [Node] {
    switch predicate {
    case .position(let position):
      return nodes.indices.contains(position - 1) ? [nodes[position - 1]] : []
    case .last: return nodes.suffix(1)
    case .attribute(let name, let value):
      return nodes.filter { node in
        guard case .element(let element) = node.match else { return false }
        return element.attributes.contains {
          $0.name.local == name && (value == nil || $0.value == value)
        }
      }
    case .child(let name, let value):
      return nodes.filter { node in
        guard case .element(let element) = node.match else { return false }
        return element.elements.contains {
          $0.name.local == name && (value == nil || $0.text == value)
        }
      }
    }
  }
}
