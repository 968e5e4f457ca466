// A query as a tree, named as RFC 9535 names its parts.
extension JSONPath {
  struct Segment: Sendable {
    /// Whether it looks at the descendants too, as `..` does.
    let isDescendant: Bool
    let selectors: [Selector]
  }

  enum Selector: Sendable {
    case name(String)
    case wildcard
    case index(Int)
    case slice(start: Int?, end: Int?, step: Int)
    case filter(Condition)
  }

  /// A logical expression.
  indirect enum Condition: Sendable {
    case any([Condition])
    case all([Condition])
    case not(Condition)
    case comparison(Operand, Comparison, Operand)
    /// Whether the query selects anything.
    case exists(Query)
    case call(Call)
  }

  enum Comparison: String, Sendable {
    case equal = "=="
    case unequal = "!="
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case less = "<"
    case greater = ">"
  }

  /// What stands on a side of a comparison.
  enum Operand: Sendable {
    case literal(JSONValue)
    case query(Query)
    case call(Call)
  }

  struct Query: Sendable {
    /// Whether it begins at the current node, `@`.
    let isRelative: Bool
    let segments: [Segment]

    /// Whether it selects one value at most.
    ///
    /// Source: RFC 9535, section 2.3.5.1.
    var isSingular: Bool {
      segments.allSatisfy { segment in
        guard !segment.isDescendant, segment.selectors.count == 1 else { return false }
        switch segment.selectors[0] {
        case .name, .index: return true
        case .wildcard, .slice, .filter: return false
        }
      }
    }
  }

  /// A call of a function, whose arguments have the types that it wants.
  indirect enum Call: Sendable {
    case length(Operand)
    case count(Query)
    case value(Query)
    case match(Operand, Pattern)
    case search(Operand, Pattern)

    /// Whether it gives a value; otherwise it gives true or false.
    var isValue: Bool {
      switch self {
      case .length, .count, .value: true
      case .match, .search: false
      }
    }
  }

  /// The second argument of `match` and `search`.
  enum Pattern: Sendable {
    /// A literal, read with the query; nil when it is no I-Regexp, which matches nothing.
    case fixed(IRegexp?)
    case computed(Operand)
  }
}
