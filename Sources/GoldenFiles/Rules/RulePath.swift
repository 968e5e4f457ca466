import HarnessJSON

/// Reads the path of a rule.
enum RulePath {
  /// Why a path is no place; nil when it is one.
  static func mistake(in path: String) -> String? {
    do {
      _ = try JSONPointer(parsing: path)
      return nil
    } catch {
      return "\(error)"
    }
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

  /// A tree of the rules for one value.
  init(_ checks: [RuleCheck]) {
    for (index, check) in checks.enumerated() where check.mistake == nil {
      guard let pointer = try? JSONPointer(parsing: check.rule.path) else { continue }
      insert(index, at: pointer.tokens, readsWildcards: true)
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
    nodes[node].rules.append(rule)
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
