/// What counts as the same when two JSON values are compared.
///
/// Unless said otherwise numbers are compared by their exact decimal value, members may stand in any order,
/// and array elements have their order.
public struct JSONComparison: Sendable {
  /// When two numbers are the same.
  public enum NumberPolicy: Sendable, Equatable {
    /// When their exact decimal values are: `1`, `1.0` and `10e-1`, but not `0.1` and
    /// `0.10000000000000000001`.
    case value
    /// When they are written the same.
    case lexeme
    /// When the nearest `Double` is the same: what most programs can tell apart.
    ///
    /// Numbers beyond the range of `Double` are compared by value.
    case double
    /// When the distance is at most `absolute`, or at most `relative` times the expected number; counted in
    /// exact decimal arithmetic.
    case within(absolute: JSONNumber, relative: JSONNumber)
  }

  /// What holds for the values that a query selects.
  public struct Rule: Sendable {
    enum Kind: Sendable {
      case ignored
      case unordered
      case keyed(JSONPointer)
      case numbers(NumberPolicy)
    }

    /// The query, which is asked on both sides.
    public let path: JSONPath
    let kind: Kind

    /// The values do not matter, nor does whether they are there.
    public static func ignored(_ path: JSONPath) -> Rule { Rule(path: path, kind: .ignored) }

    /// The elements of the arrays may stand in any order.
    public static func unordered(_ path: JSONPath) -> Rule { Rule(path: path, kind: .unordered) }

    /// The elements of the arrays belong together when what `key` leads to in them is the same, and may
    /// stand in any order.
    public static func keyed(_ path: JSONPath, by key: JSONPointer) -> Rule {
      Rule(path: path, kind: .keyed(key))
    }

    /// The numbers, and those inside arrays and objects, are compared by another policy.
    public static func numbers(_ path: JSONPath, _ policy: NumberPolicy) -> Rule {
      Rule(path: path, kind: .numbers(policy))
    }
  }

  /// How numbers are compared where no rule says otherwise.
  public var numbers: NumberPolicy
  /// The rules; of two of a kind that select the same value, the later one counts.
  public var rules: [Rule]

  /// Makes a comparison; what is not given has its default.
  public init(numbers: NumberPolicy = .value, rules: [Rule] = []) {
    self.numbers = numbers
    self.rules = rules
  }
}

extension JSONComparison.NumberPolicy {
  /// Whether numbers that are not written the same, nor have the same value, may be the same.
  var isTolerant: Bool {
    if case .within = self { true } else { false }
  }

  func matches(_ expected: JSONNumber, _ actual: JSONNumber) -> Bool {
    switch self {
    case .value: return expected == actual
    case .lexeme: return expected.lexeme.hasSameBytes(as: actual.lexeme)
    case .double:
      let (one, other) = (Double(expected), Double(actual))
      return one.isFinite || other.isFinite ? one == other : expected == actual
    case .within(let absolute, let relative):
      return expected == actual || actual.isWithin(absolute, of: expected)
        || actual.isWithin(relative: relative, of: expected)
    }
  }
}
