import HarnessJSON

/// The path of a rule: a JSON Pointer in which `*` stands for every segment, or a JSONPath.
enum RulePath {
  case pointer(JSONPointer)
  case query(JSONPath)

  /// How deep the places of a query may lie: a walk to them is a recursion.
  static let maximumDepth = 256

  /// Reads a path; what begins with `$` is a JSONPath (RFC 9535).
  ///
  /// - Throws: Why it is no place.
  init(_ path: String) throws {
    self =
      path.hasPrefix("$")
      ? .query(try JSONPath(parsing: path)) : .pointer(try JSONPointer(parsing: path))
  }
}

/// The places that rules speak of in one value, as a tree of the segments of their paths.
struct RuleTree {
  /// Where a walk through a value stands in the tree; empty where no rule speaks of anything below.
  typealias Reach = [Int]

  private struct Node {
    var children: [ByteString: Int] = [:]
    /// What a segment `*` leads to.
    var wildcard: Int?
    var rules: [Int] = []
  }

  private var nodes = [Node()]

  /// Queries that could not be answered for the value, by the index of their rule.
  private(set) var failures: [(rule: Int, reason: String)] = []

  /// A tree of the rules for one value; nil is no value at all.
  init(_ checks: [RuleCheck], in value: JSONValue?) {
    for (index, check) in checks.enumerated() {
      switch check.path {
      case .pointer(let pointer): insert(index, at: pointer.tokens, readsWildcards: true)
      case .query(let path): if let value { insert(index, path, in: value) }
      case nil: break
      }
    }
  }

  private mutating func insert(_ rule: Int, _ path: JSONPath, in value: JSONValue) {
    do {
      for node in try value.nodes(at: path) {
        let tokens = node.pointer.tokens
        guard tokens.count <= RulePath.maximumDepth else {
          failures.append((rule, "it leads deeper than \(RulePath.maximumDepth) levels"))
          return
        }
        insert(rule, at: tokens, readsWildcards: false)
      }
    } catch {
      failures.append((rule, "\(error)"))
    }
  }

  private mutating func insert(_ rule: Int, at tokens: [String], readsWildcards: Bool) {
    var node = 0
    for token in tokens {
      let name = ByteString(token)
      let isWildcard = readsWildcards && token == "*"
      if let next = isWildcard ? nodes[node].wildcard : nodes[node].children[name] {
        node = next
        continue
      }
      nodes.append(Node())
      if isWildcard {
        nodes[node].wildcard = nodes.count - 1
      } else {
        nodes[node].children[name] = nodes.count - 1
      }
      node = nodes.count - 1
    }
    // A query may select a place twice.
    if !nodes[node].rules.contains(rule) { nodes[node].rules.append(rule) }
  }

  /// Where the walk begins.
  var root: Reach { [0] }

  /// Where a member or element of the value at hand leads to.
  func step(_ reach: Reach, _ token: String) -> Reach {
    let name = ByteString(token)
    return reach.flatMap { [nodes[$0].children[name], nodes[$0].wildcard].compactMap(\.self) }
  }

  /// The rules that speak of the value at hand, in the order they were written.
  func rules(at reach: Reach) -> [Int] {
    reach.flatMap { nodes[$0].rules }.sorted()
  }
}
