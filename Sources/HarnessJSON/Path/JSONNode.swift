/// A value that a query selected, and where it stands.
///
/// Source: RFC 9535, section 1.1 (Node).
public struct JSONNode: Sendable {
  private let tape: JSONTape
  private let root: Int
  private let index: Int

  init(tape: JSONTape, root: Int, index: Int) {
    self.tape = tape
    self.root = root
    self.index = index
  }

  /// The value.
  public var value: JSONValue { tape.value(at: index) }

  /// Where it stands in the value that was asked.
  public var pointer: JSONPointer { tape.pointer(to: index, from: root) }

  /// Where it stands, as a JSONPath that selects it alone: `$['rows'][0]`.
  ///
  /// Source: RFC 9535, section 2.7.
  public var normalizedPath: String {
    var path = "$"
    var parent = root
    for step in tape.path(to: index, from: root) {
      path +=
        tape[parent].kind == .array ? "[\(step.token)]" : "['\(Self.escaped(step.token))']"
      parent = step.index
    }
    return path
  }

  private static func escaped(_ name: String) -> String {
    name.unicodeScalars.reduce(into: "") { text, scalar in
      switch scalar {
      case "'", "\\": text += "\\\(scalar)"
      case "\u{08}": text += "\\b"
      case "\u{0C}": text += "\\f"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{00}"..<"\u{20}": text += "\\u" + scalar.hexadecimalText.lowercased()
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}

/// How much work a query may be before it is given up: queries can select the same values over and over.
public struct JSONPathLimits: Sendable {
  /// How many values a segment may select, those that are selected twice counted twice.
  ///
  /// 1,000,000 unless set.
  public var maximumNodes: Int
  /// How many tokens, members and characters may be looked at.
  ///
  /// 1,000,000,000 unless set, which is some seconds.
  public var maximumSteps: Int

  /// Makes limits; what is not given has its default.
  public init(maximumNodes: Int = 1_000_000, maximumSteps: Int = 1_000_000_000) {
    self.maximumNodes = maximumNodes
    self.maximumSteps = maximumSteps
  }
}

extension JSONValue {
  /// The values that a query selects, in its order.
  ///
  /// Where an object repeats a name, a name selects the last of its values and a wildcard all of them.
  ///
  /// - Throws: ``JSONPathError`` when the query is more work than the limits allow.
  public func nodes(
    at path: JSONPath, limits: JSONPathLimits = JSONPathLimits()
  ) throws(JSONPathError) -> [JSONNode] {
    let (tape, root) = onTape
    var evaluator = JSONPathEvaluator(path, on: tape, from: root, limits: limits)
    return try evaluator.run().map { JSONNode(tape: tape, root: root, index: $0) }
  }

  /// The values that a query such as `$.rows[*].code` selects, in its order.
  ///
  /// - Throws: ``JSONPathError`` when the text is no query, or is more work than the default limits allow.
  public func values(at path: String) throws(JSONPathError) -> [JSONValue] {
    try nodes(at: JSONPath(parsing: path)).map(\.value)
  }
}
