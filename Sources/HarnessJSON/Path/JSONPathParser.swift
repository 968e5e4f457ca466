/// Reads a query by the grammar of RFC 9535, section 2.
struct JSONPathParser {
  /// How deep brackets may be nested.
  static let maximumDepth = 100

  private let text: String
  private let scalars: [Unicode.Scalar]
  var index = 0
  private var depth = 0

  init(_ text: String) {
    self.text = text
    scalars = Array(text.unicodeScalars)
  }

  var peek: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  mutating func parseWhole() throws(JSONPathError) -> [JSONPath.Segment] {
    guard take("$") else { throw error("expected \"$\"") }
    let segments = try segments()
    guard peek == nil else { throw error("expected a segment or the end of the query") }
    return segments
  }

  // segments = *(S segment)
  mutating func segments() throws(JSONPathError) -> [JSONPath.Segment] {
    var segments: [JSONPath.Segment] = []
    while true {
      let before = index
      skipBlanks()
      guard peek == "." || peek == "[" else {
        // Blanks that no segment follows belong to what comes next.
        index = before
        return segments
      }
      segments.append(try segment())
    }
  }

  private mutating func segment() throws(JSONPathError) -> JSONPath.Segment {
    guard take(".") else { return .init(isDescendant: false, selectors: try selectors()) }
    let isDescendant = take(".")
    if isDescendant, peek == "[" { return .init(isDescendant: true, selectors: try selectors()) }
    if take("*") { return .init(isDescendant: isDescendant, selectors: [.wildcard]) }
    return .init(isDescendant: isDescendant, selectors: [.name(try shorthand())])
  }

  private mutating func shorthand() throws(JSONPathError) -> String {
    guard let first = peek, isNameFirst(first) else {
      throw error("expected a name, \"*\" or \"[\"")
    }
    var name = ""
    while let scalar = peek, isNameFirst(scalar) || isDigit(scalar) {
      name.unicodeScalars.append(scalar)
      index += 1
    }
    return name
  }

  private mutating func selectors() throws(JSONPathError) -> [JSONPath.Selector] {
    try enter("[")
    var selectors: [JSONPath.Selector] = []
    repeat {
      skipBlanks()
      selectors.append(try selector())
      skipBlanks()
    } while take(",")
    try leave("]")
    return selectors
  }

  private mutating func selector() throws(JSONPathError) -> JSONPath.Selector {
    switch peek {
    case "\"", "'": return .name(try string())
    case "*":
      index += 1
      return .wildcard
    case "?":
      index += 1
      skipBlanks()
      return .filter(try condition())
    case .some(let scalar) where scalar == ":" || scalar == "-" || isDigit(scalar):
      return try indexOrSlice()
    default: throw error("expected a selector: a name in quotes, *, an index, a slice or a filter")
    }
  }

  private mutating func indexOrSlice() throws(JSONPathError) -> JSONPath.Selector {
    var start: Int?
    if peek != ":" {
      start = try integer()
      let afterStart = index
      skipBlanks()
      guard peek == ":" else {
        index = afterStart
        return .index(start ?? 0)
      }
    }
    index += 1
    skipBlanks()
    let end = try integerIfAny()
    skipBlanks()
    guard take(":") else { return .slice(start: start, end: end, step: 1) }
    skipBlanks()
    return .slice(start: start, end: end, step: try integerIfAny() ?? 1)
  }

  private mutating func integerIfAny() throws(JSONPathError) -> Int? {
    guard let scalar = peek, scalar == "-" || isDigit(scalar) else { return nil }
    return try integer()
  }

  /// An integer that I-JSON can hold exactly.
  ///
  /// Source: RFC 9535, section 2.1.
  private mutating func integer() throws(JSONPathError) -> Int {
    let start = index
    _ = take("-")
    guard let first = peek, isDigit(first) else { throw error("expected a digit") }
    while let scalar = peek, isDigit(scalar) { index += 1 }
    let digits = text(from: start)
    guard let value = Int(digits), value.magnitude < 1 << 53, String(value) == digits else {
      index = start
      throw error("\"\(digits.cut(to: 40))\" is no integer without leading zeros below 2^53")
    }
    return value
  }
}

// What the other parts of the parser share.
extension JSONPathParser {
  // S = *( %x20 / %x09 / %x0A / %x0D )
  mutating func skipBlanks() {
    while let scalar = peek, [" ", "\t", "\n", "\r"].contains(scalar) { index += 1 }
  }

  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard peek == scalar else { return false }
    index += 1
    return true
  }

  mutating func take(word: String) -> Bool {
    let word = Array(word.unicodeScalars)
    guard scalars[index...].starts(with: word) else { return false }
    index += word.count
    return true
  }

  mutating func enter(_ bracket: Unicode.Scalar) throws(JSONPathError) {
    guard depth < Self.maximumDepth else {
      throw error("brackets are nested deeper than \(Self.maximumDepth)")
    }
    guard take(bracket) else { throw error("expected \"\(bracket)\"") }
    depth += 1
  }

  mutating func leave(_ bracket: Unicode.Scalar) throws(JSONPathError) {
    guard take(bracket) else { throw error("expected \"\(bracket)\"") }
    depth -= 1
  }

  func text(from start: Int) -> String {
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars[start..<index])
    return text
  }

  func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  private func isNameFirst(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "_"
      || scalar.value >= 0x80
  }

  func error(_ reason: String, at offset: Int? = nil) -> JSONPathError {
    JSONPathError(path: text, offset: offset ?? index, reason: reason)
  }
}
