/// Reads a pattern by the grammar of RFC 9485, section 4.
struct IRegexpParser {
  /// How deep groups may be nested.
  static let maximumDepth = 100

  private let pattern: String
  private let scalars: [Unicode.Scalar]
  private var index = 0
  private var depth = 0

  init(_ pattern: String) {
    self.pattern = pattern
    scalars = Array(pattern.unicodeScalars)
  }

  private var peek: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  mutating func parse() throws(IRegexpError) -> IRegexpNode {
    let node = try choice()
    guard peek == nil else { throw error("expected the end of the pattern") }
    return node
  }

  private mutating func choice() throws(IRegexpError) -> IRegexpNode {
    var branches = [try branch()]
    while take("|") { branches.append(try branch()) }
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  private mutating func branch() throws(IRegexpError) -> IRegexpNode {
    var pieces: [IRegexpNode] = []
    while let scalar = peek, scalar != "|", scalar != ")" { pieces.append(try piece()) }
    return pieces.count == 1 ? pieces[0] : .sequence(pieces)
  }

  private mutating func piece() throws(IRegexpError) -> IRegexpNode {
    let atom = try atom()
    if take("*") { return .repeated(atom, least: 0, most: nil) }
    if take("+") { return .repeated(atom, least: 1, most: nil) }
    if take("?") { return .repeated(atom, least: 0, most: 1) }
    guard take("{") else { return atom }
    let least = try count()
    var most: Int? = least
    if take(",") { most = peek == "}" ? nil : try count() }
    if let most, most < least { throw error("the upper bound is below the lower one") }
    try expect("}")
    return .repeated(atom, least: least, most: most)
  }

  private mutating func count() throws(IRegexpError) -> Int {
    var value = 0
    let start = index
    while let digit = peek, ("0"..."9").contains(digit) {
      value = value * 10 + Int(digit.value - 0x30)
      guard value <= IRegexpProgram.maximumSteps else {
        throw error("a repetition of more than \(IRegexpProgram.maximumSteps) times")
      }
      index += 1
    }
    guard index > start else { throw error("expected a digit") }
    return value
  }

  private mutating func atom() throws(IRegexpError) -> IRegexpNode {
    guard let scalar = peek else { throw error("expected a character") }
    switch scalar {
    case "(":
      guard depth < Self.maximumDepth else {
        throw error("groups are nested deeper than \(Self.maximumDepth)")
      }
      index += 1
      depth += 1
      let node = try choice()
      depth -= 1
      try expect(")")
      return node
    case ".":
      index += 1
      return .scalars(.dot)
    case "^", "$":
      index += 1
      return scalar == "^" ? .start : .end
    case "[": return .scalars(try classExpression())
    case "\\":
      if let category = try categoryEscape() { return .scalars(ScalarClass([category])) }
      return .scalars(literal(try singleEscape()))
    case ")", "*", "+", "?", "]", "{", "|", "}":
      throw error("\"\(scalar)\" must be escaped here")
    default:
      index += 1
      return .scalars(literal(scalar))
    }
  }

  private func literal(_ scalar: Unicode.Scalar) -> ScalarClass {
    ScalarClass([.range(scalar.value...scalar.value)])
  }

  // Inside brackets a "-" is itself at either end.
  private mutating func classExpression() throws(IRegexpError) -> ScalarClass {
    try expect("[")
    var result = ScalarClass([], isNegated: take("^"))
    if take("-") { result.parts += literal("-").parts }
    while let scalar = peek, scalar != "]" {
      if scalar == "-" {
        index += 1
        guard peek == "]" else { throw error("\"-\" must be escaped here") }
        result.parts += literal("-").parts
      } else {
        result.parts.append(try classPart())
      }
    }
    guard !result.parts.isEmpty else { throw error("expected a character of the class") }
    try expect("]")
    return result
  }

  private mutating func classPart() throws(IRegexpError) -> ScalarClass.Part {
    if let category = try categoryEscape() { return category }
    let first = try classScalar()
    // A "-" before the closing bracket is no range.
    guard peek == "-", index + 1 < scalars.count, scalars[index + 1] != "]" else {
      return .range(first.value...first.value)
    }
    index += 1
    let last = try classScalar()
    guard first <= last else { throw error("the range ends before it begins") }
    return .range(first.value...last.value)
  }

  private mutating func classScalar() throws(IRegexpError) -> Unicode.Scalar {
    guard let scalar = peek else { throw error("expected \"]\"") }
    switch scalar {
    case "\\": return try singleEscape()
    case "-", "[", "]": throw error("\"\(scalar)\" must be escaped here")
    default:
      index += 1
      return scalar
    }
  }

  /// `\p{…}` or `\P{…}`; nil when another escape or no escape stands here.
  private mutating func categoryEscape() throws(IRegexpError) -> ScalarClass.Part? {
    guard peek == "\\", index + 1 < scalars.count,
      scalars[index + 1] == "p" || scalars[index + 1] == "P"
    else { return nil }
    let isNegated = scalars[index + 1] == "P"
    index += 2
    try expect("{")
    var name = ""
    while let scalar = peek, scalar != "}", name.utf8.count < 3 {
      name.unicodeScalars.append(scalar)
      index += 1
    }
    guard let category = ScalarCategory(name) else {
      throw error("\"\(name)\" is no general category")
    }
    try expect("}")
    return .category(category, isNegated: isNegated)
  }

  private mutating func singleEscape() throws(IRegexpError) -> Unicode.Scalar {
    try expect("\\")
    guard let scalar = peek else { throw error("expected a character after the backslash") }
    switch scalar {
    case "n": index += 1; return "\n"
    case "r": index += 1; return "\r"
    case "t": index += 1; return "\t"
    case "("..."+", "-", ".", "?", "["..."^", "{"..."}":
      index += 1
      return scalar
    default:
      let advice = Self.replacements[scalar].map { ": write \($0)" } ?? ""
      throw error("\"\\\(scalar)\" is no escape\(advice)")
    }
  }

  /// What people write by habit, and what stands for it here.
  private static let replacements: [Unicode.Scalar: String] = [
    "d": "[0-9]", "D": "[^0-9]", "w": "[0-9A-Za-z_]", "W": "[^0-9A-Za-z_]", "s": #"[ \t\n\r]"#,
    "S": #"[^ \t\n\r]"#,
  ]

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard peek == scalar else { return false }
    index += 1
    return true
  }

  private mutating func expect(_ scalar: Unicode.Scalar) throws(IRegexpError) {
    guard take(scalar) else { throw error("expected \"\(scalar)\"") }
  }

  private func error(_ reason: String) -> IRegexpError {
    IRegexpError(pattern: pattern, offset: index, reason: reason)
  }
}
