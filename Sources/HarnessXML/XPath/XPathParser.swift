/// Reads the text of a path.
struct XPathParser {
  private let text: String
  private let scalars: [Unicode.Scalar]
  private var index = 0

  init(_ text: String) {
    self.text = text
    scalars = Array(text.unicodeScalars)
  }

  mutating func parse() throws(XPathError) -> [XPath.Step] {
    guard take("/") else { throw mistake("a path begins with \"/\"") }
    var steps: [XPath.Step] = []
    repeat {
      let isDeep = take("/")
      steps.append(try step(isDeep: isDeep))
      guard steps.count <= 100 else { throw mistake("a path has 100 steps at most") }
    } while take("/")
    guard index == scalars.count else { throw mistake("\"/\", \"[\" or the end is expected") }
    return steps
  }

  private mutating func step(isDeep: Bool) throws(XPathError) -> XPath.Step {
    var step = XPath.Step(isDeep: isDeep, test: .itself, predicates: [])
    if take("@") {
      if take("*") {
        step.test = .anyAttribute
      } else {
        let (name, inAny) = try name()
        step.test = .attribute(name, inAnyNamespace: inAny)
      }
    } else if take("*") {
      step.test = .any
    } else if take("t", "e", "x", "t", "(", ")") {
      step.test = .text
    } else if !take(".") {
      let (name, inAny) = try name()
      step.test = .name(name, inAnyNamespace: inAny)
    }
    while take("[") {
      step.predicates.append(try predicate())
      guard take("]") else { throw mistake("\"]\" is expected") }
    }
    return step
  }

  private mutating func predicate() throws(XPathError) -> XPath.Predicate {
    if let digit = peek, ("0"..."9").contains(digit) {
      var number = 0
      while let digit = peek, ("0"..."9").contains(digit), number < 1_000_000_000 {
        number = number * 10 + Int(digit.value - 48)
        index += 1
      }
      guard number > 0 else { throw mistake("positions are counted from 1") }
      return .position(number)
    }
    if take("l", "a", "s", "t", "(", ")") { return .last }
    let isAttribute = take("@")
    let name = try self.name().0.local
    var value: String?
    if take("=") { value = try literal() }
    return isAttribute ? .attribute(name, equals: value) : .child(name, equals: value)
  }

  private mutating func literal() throws(XPathError) -> String {
    guard let quote = peek, quote == "'" || quote == "\"" else {
      throw mistake("a text in quotation marks is expected")
    }
    index += 1
    let start = index
    while let scalar = peek, scalar != quote { index += 1 }
    guard peek == quote else { throw mistake("the quotation mark is not closed") }
    defer { index += 1 }
    return string(start..<index)
  }

  private mutating func name() throws(XPathError) -> (XMLTree.Name, Bool) {
    var namespace: String?
    if take("{") {
      let start = index
      while let scalar = peek, scalar != "}" { index += 1 }
      namespace = string(start..<index)
      guard take("}") else { throw mistake("\"}\" is expected") }
    }
    let start = index
    while let scalar = peek, !"/[]@=*(){}'\" ".unicodeScalars.contains(scalar) { index += 1 }
    guard index > start else { throw mistake("a name is expected") }
    let local = string(start..<index)
    guard !local.contains(":") else {
      throw mistake("prefixes are not known: write {uri}name, or the name alone")
    }
    return (XMLTree.Name(local, namespace: namespace), namespace == nil)
  }

  private var peek: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  private mutating func take(_ wanted: Unicode.Scalar...) -> Bool {
    guard scalars[index...].starts(with: wanted) else { return false }
    index += wanted.count
    return true
  }

  private func string(_ range: Range<Int>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[range])
    return String(text)
  }

  private func mistake(_ reason: String) -> XPathError {
    XPathError(path: text, reason: reason, offset: index)
  }
}
