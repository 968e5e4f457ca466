extension JSONValue {
  /// The shortest text of the value: no space, members in order, numbers in their own text.
  public var compactText: String {
    var writer = JSONWriter(isPretty: false)
    writer.write(self)
    return writer.text
  }

  /// The value with a line for each member and element, indented by two spaces, without a newline
  /// at the end.
  public var prettyText: String {
    var writer = JSONWriter(isPretty: true)
    writer.write(self)
    return writer.text
  }
}

/// Appends values to a text.
private struct JSONWriter {
  let isPretty: Bool
  var text = ""
  private var depth = 0

  init(isPretty: Bool) {
    self.isPretty = isPretty
  }

  mutating func write(_ value: JSONValue) {
    switch value {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .number(let number): text += number.lexeme
    case .string(let string): write(string)
    case .array(let elements):
      writeItems(elements, "[", "]") { writer, element in writer.write(element) }
    case .object(let object):
      writeItems(object.members, "{", "}") { writer, member in
        writer.write(member.name)
        writer.text += writer.isPretty ? ": " : ":"
        writer.write(member.value)
      }
    }
  }

  private mutating func writeItems<Item>(
    _ items: [Item], _ opening: String, _ closing: String, _ writeItem: (inout Self, Item) -> Void
  ) {
    text += opening
    depth += 1
    for (index, item) in items.enumerated() {
      if index > 0 { text += "," }
      breakLine()
      writeItem(&self, item)
    }
    depth -= 1
    if !items.isEmpty { breakLine() }
    text += closing
  }

  private mutating func breakLine() {
    guard isPretty else { return }
    text += "\n" + String(repeating: "  ", count: depth)
  }

  /// Escapes what RFC 8259, section 7 says must be, and nothing else.
  private mutating func write(_ string: String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\u{08}": text += "\\b"
      case "\u{0C}": text += "\\f"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{00}"..<"\u{20}":
        text += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
