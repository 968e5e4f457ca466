/// What differs between two values, by meaning.
///
/// Numbers are compared by exact decimal value, strings by their UTF-8 bytes, members in any order, array
/// elements in order, unless a ``JSONComparison`` says otherwise. Where arrays differ in length, or have
/// moved against each other, elements that are the same are found again, so that one inserted element is
/// one finding.
///
/// The time it takes grows with the size of the two values, not with the number of differences.
public struct JSONDifference: Sendable {
  /// One side of the comparison.
  struct Side: Sendable {
    let tape: JSONTape
    let root: Int

    init(_ value: JSONValue) {
      (tape, root) = value.onTape
    }

    func pointer(to index: Int) -> JSONPointer { tape.pointer(to: index, from: root) }
  }

  let expected: Side
  let actual: Side
  let marks: [Mark]

  /// The rules of the comparison that selected nothing, neither in the expected value nor in the actual
  /// one: misspelt or out of date.
  public let unmatchedRules: [JSONComparison.Rule]

  /// Compares two values.
  public init(expected: JSONValue, actual: JSONValue) {
    do throws(JSONPathError) {
      try self.init(expected: expected, actual: actual, by: JSONComparison())
    } catch { preconditionFailure("without rules, \(error)") }
  }

  /// Compares two values by rules.
  ///
  /// - Throws: ``JSONPathError`` when a rule's query is more work than the default limits allow.
  public init(
    expected: JSONValue, actual: JSONValue, by comparison: JSONComparison
  ) throws(JSONPathError) {
    self.expected = Side(expected)
    self.actual = Side(actual)
    var finder = try DifferenceFinder(self.expected, self.actual, comparison)
    marks = finder.run()
    unmatchedRules = finder.unmatchedRules
  }

  /// Whether both values mean the same.
  public var isEmpty: Bool { marks.isEmpty }

  /// The places where they differ, in the order of the expected value.
  public var findings: Findings { Findings(difference: self) }
}

extension JSONDifference {
  /// The findings of a difference, made when they are looked at: there may be millions.
  public struct Findings: RandomAccessCollection, Sendable {
    let difference: JSONDifference

    /// 0, the position of the first finding.
    public var startIndex: Int { 0 }
    /// The number of findings.
    public var endIndex: Int { difference.marks.count }
    /// The finding at a position.
    public subscript(position: Int) -> Finding {
      Finding(difference.marks[position], in: difference)
    }
  }

  /// A place where the two differ, as the search for them leaves it: tokens of both tapes.
  struct Mark: Sendable {
    enum Note: Sendable {
      case none
      /// How many elements the arrays have.
      case lengths(expected: Int32, actual: Int32)
      /// How often the name is written.
      case repetitions(expected: Int32, actual: Int32)
      /// An element without its partner, where they are paired by a key.
      case key
      /// An element without its partner, where order does not matter.
      case unordered
    }

    /// The token of the expected value; -1 where nothing was expected.
    var expected: Int32
    /// The token of the actual value; -1 where it is missing.
    var actual: Int32
    /// The containers around the place.
    var expectedParent: Int32
    var actualParent: Int32
    /// Where it stands among the others: a token of the expected side.
    var order: Int32
    var note = Note.none
  }
}
