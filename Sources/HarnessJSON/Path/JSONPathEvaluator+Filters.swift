// Filters: RFC 9535, sections 2.3.5.2 and 2.4.
extension JSONPathEvaluator {
  mutating func holds(_ condition: JSONPath.Condition, at node: Int) throws(JSONPathError) -> Bool {
    switch condition {
    case .any(let parts):
      for part in parts where try holds(part, at: node) { return true }
      return false
    case .all(let parts):
      for part in parts where try !holds(part, at: node) { return false }
      return true
    case .not(let part): return try !holds(part, at: node)
    case .exists(let query): return try !nodes(of: query, at: node).isEmpty
    case .comparison(let left, let comparison, let right):
      return try compare(value(of: left, at: node), comparison, value(of: right, at: node))
    case .call(let call):
      switch call {
      case .match(let subject, let pattern):
        return try search(subject, pattern, at: node, isWhole: true)
      case .search(let subject, let pattern):
        return try search(subject, pattern, at: node, isWhole: false)
      case .length, .count, .value: preconditionFailure("a value where a condition stands")
      }
    }
  }

  private mutating func nodes(
    of query: JSONPath.Query, at node: Int
  ) throws(JSONPathError) -> [Int] {
    try select(query.segments, from: query.isRelative ? node : root)
  }

  /// The value of an operand; nil for Nothing, which is no JSON value.
  private mutating func value(
    of operand: JSONPath.Operand, at node: Int
  ) throws(JSONPathError) -> JSONValue? {
    switch operand {
    case .literal(let value): return value
    case .query(let query): return try nodes(of: query, at: node).first.map(tape.value)
    case .call(let call): return try value(of: call, at: node)
    }
  }

  private mutating func value(
    of call: JSONPath.Call, at node: Int
  ) throws(JSONPathError) -> JSONValue? {
    switch call {
    case .length(let operand):
      switch try value(of: operand, at: node) {
      case .string(let text)?:
        try spend(text.utf8.count)
        return .number(JSONNumber(text.unicodeScalars.count))
      case .array(let array)?: return .number(JSONNumber(array.count))
      case .object(let object)?: return .number(JSONNumber(object.count))
      case .null?, .bool?, .number?, nil: return nil
      }
    case .count(let query): return .number(JSONNumber(try nodes(of: query, at: node).count))
    case .value(let query):
      let nodes = try nodes(of: query, at: node)
      return nodes.count == 1 ? tape.value(at: nodes[0]) : nil
    case .match, .search: preconditionFailure("a condition where a value stands")
    }
  }

  private mutating func search(
    _ subject: JSONPath.Operand, _ pattern: JSONPath.Pattern, at node: Int, isWhole: Bool
  ) throws(JSONPathError) -> Bool {
    guard case .string(let text)? = try value(of: subject, at: node),
      let regexp = try regexp(pattern, at: node)
    else { return false }
    try spend(regexp.cost(of: text))
    return isWhole ? regexp.matches(text) : regexp.isFound(in: text)
  }

  private mutating func regexp(
    _ pattern: JSONPath.Pattern, at node: Int
  ) throws(JSONPathError) -> IRegexp? {
    switch pattern {
    case .fixed(let regexp): return regexp
    case .computed(let operand):
      guard case .string(let text)? = try value(of: operand, at: node) else { return nil }
      try spend(text.utf8.count)
      return try? IRegexp(text)
    }
  }

  /// Source: RFC 9535, section 2.3.5.2.2.
  private mutating func compare(
    _ left: JSONValue?, _ comparison: JSONPath.Comparison, _ right: JSONValue?
  ) throws(JSONPathError) -> Bool {
    switch comparison {
    case .equal: return try isEqual(left, right)
    case .unequal: return try !isEqual(left, right)
    case .less: return isLess(left, right)
    case .greater: return isLess(right, left)
    case .lessOrEqual: return isLess(left, right) ? true : try isEqual(left, right)
    case .greaterOrEqual: return isLess(right, left) ? true : try isEqual(left, right)
    }
  }

  private mutating func isEqual(
    _ left: JSONValue?, _ right: JSONValue?
  ) throws(JSONPathError) -> Bool {
    guard let left, let right else { return left == nil && right == nil }
    try spend(min(size(of: left), size(of: right)))
    return left == right
  }

  private func size(of value: JSONValue) -> Int {
    switch value {
    case .array(let array):
      if case .tape(let tape, let index) = array.storage {
        return tape.next(Int(index)) - Int(index)
      }
      return array.count
    case .object(let object):
      if case .tape(let tape, let index) = object.storage {
        return tape.next(Int(index)) - Int(index)
      }
      return object.count
    case .string(let text): return text.utf8.count
    case .null, .bool, .number: return 1
    }
  }

  private func isLess(_ left: JSONValue?, _ right: JSONValue?) -> Bool {
    switch (left, right) {
    case (.number(let left)?, .number(let right)?): left < right
    // By Unicode scalars, which UTF-8 bytes are ordered as.
    case (.string(let left)?, .string(let right)?): left.utf8.lexicographicallyPrecedes(right.utf8)
    default: false
    }
  }
}
