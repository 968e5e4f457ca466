// Filters: RFC 9535, sections 2.3.5 and 2.4.
extension JSONPathParser {
  // logical-or-expr = logical-and-expr *(S "||" S logical-and-expr)
  mutating func condition() throws(JSONPathError) -> JSONPath.Condition {
    var parts = [try conjunction()]
    while takeOperator("||") { parts.append(try conjunction()) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func conjunction() throws(JSONPathError) -> JSONPath.Condition {
    var parts = [try basic()]
    while takeOperator("&&") { parts.append(try basic()) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func takeOperator(_ word: String) -> Bool {
    let before = index
    skipBlanks()
    guard take(word: word) else {
      index = before
      return false
    }
    skipBlanks()
    return true
  }

  private mutating func basic() throws(JSONPathError) -> JSONPath.Condition {
    if peek == "!" {
      index += 1
      skipBlanks()
      if peek == "(" { return .not(try parenthesized()) }
      let start = index
      return .not(try test(try operand(), at: start))
    }
    if peek == "(" { return try parenthesized() }
    let start = index
    let left = try operand()
    let before = index
    skipBlanks()
    guard let comparison = takeComparison() else {
      index = before
      return try test(left, at: start)
    }
    skipBlanks()
    try checkComparable(left, at: start)
    let rightStart = index
    let right = try operand()
    try checkComparable(right, at: rightStart)
    return .comparison(left, comparison, right)
  }

  private mutating func parenthesized() throws(JSONPathError) -> JSONPath.Condition {
    try enter("(")
    skipBlanks()
    let condition = try condition()
    skipBlanks()
    try leave(")")
    return condition
  }

  private mutating func takeComparison() -> JSONPath.Comparison? {
    for comparison in [
      JSONPath.Comparison.equal, .unequal, .lessOrEqual, .greaterOrEqual, .less, .greater,
    ] where take(word: comparison.rawValue) {
      return comparison
    }
    return nil
  }

  /// A literal, a query or a call.
  private mutating func operand() throws(JSONPathError) -> JSONPath.Operand {
    if let literal = try literal() { return .literal(literal) }
    if peek == "@" || peek == "$" { return .query(try query()) }
    if let scalar = peek, ("a"..."z").contains(scalar) { return .call(try call()) }
    throw error("expected a literal, a query or a function")
  }

  private mutating func query() throws(JSONPathError) -> JSONPath.Query {
    let isRelative = peek == "@"
    index += 1
    return JSONPath.Query(isRelative: isRelative, segments: try segments())
  }

  /// An operand that stands alone.
  private func test(
    _ operand: JSONPath.Operand, at start: Int
  ) throws(JSONPathError) -> JSONPath.Condition {
    switch operand {
    case .literal: throw error("a literal must be compared", at: start)
    case .query(let query): return .exists(query)
    case .call(let call):
      guard !call.isValue else {
        throw error("the result of this function must be compared", at: start)
      }
      return .call(call)
    }
  }

  private func checkComparable(
    _ operand: JSONPath.Operand, at start: Int
  ) throws(JSONPathError) {
    switch operand {
    case .literal: return
    case .query(let query):
      guard query.isSingular else {
        throw error("a query that is compared must be singular", at: start)
      }
    case .call(let call):
      guard call.isValue else {
        throw error("the result of this function cannot be compared", at: start)
      }
    }
  }

  // function-expr = function-name "(" S [function-argument *(S "," S function-argument)] S ")"
  private mutating func call() throws(JSONPathError) -> JSONPath.Call {
    let start = index
    while let scalar = peek, ("a"..."z").contains(scalar) || isDigit(scalar) || scalar == "_" {
      index += 1
    }
    let name = text(from: start)
    guard ["length", "count", "value", "match", "search"].contains(name) else {
      index = start
      throw error("there is no function \"\(name.cut(to: 40))\"")
    }
    try enter("(")
    skipBlanks()
    let call = try arguments(of: name)
    skipBlanks()
    try leave(")")
    return call
  }

  private mutating func arguments(of name: String) throws(JSONPathError) -> JSONPath.Call {
    switch name {
    case "length": return .length(try valueArgument())
    case "count": return .count(try nodesArgument())
    case "value": return .value(try nodesArgument())
    default:
      let subject = try valueArgument()
      skipBlanks()
      guard take(",") else { throw error("expected \",\"") }
      skipBlanks()
      let pattern = self.pattern(try valueArgument())
      return name == "match" ? .match(subject, pattern) : .search(subject, pattern)
    }
  }

  private mutating func valueArgument() throws(JSONPathError) -> JSONPath.Operand {
    let start = index
    let operand = try operand()
    try checkComparable(operand, at: start)
    return operand
  }

  private mutating func nodesArgument() throws(JSONPathError) -> JSONPath.Query {
    guard peek == "@" || peek == "$" else { throw error("expected a query") }
    return try query()
  }

  private func pattern(_ operand: JSONPath.Operand) -> JSONPath.Pattern {
    guard case .literal(let value) = operand else { return .computed(operand) }
    return .fixed(value.stringValue.flatMap { try? IRegexp($0) })
  }
}
