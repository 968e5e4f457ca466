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

/// Appends values to a text, without recursion: how deep a value is nested is up to who sent it.
private struct JSONWriter {
  /// An array or object that is being written.
  private struct Container {
    let value: JSONValue
    let count: Int
    var written = 0
  }

  let isPretty: Bool
  private(set) var text = ""
  private var open: [Container] = []

  init(isPretty: Bool) {
    self.isPretty = isPretty
  }

  mutating func write(_ root: JSONValue) {
    begin(root)
    while let container = open.last {
      guard container.written < container.count else {
        open.removeLast()
        if container.count > 0 { breakLine() }
        text += container.value.objectValue == nil ? "]" : "}"
        continue
      }
      if container.written > 0 { text += "," }
      breakLine()
      open[open.count - 1].written += 1
      writeItem(container.written, of: container.value)
    }
  }

  /// Writes a scalar whole, and of a container what opens it.
  private mutating func begin(_ value: JSONValue) {
    switch value {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .number(let number): text += number.lexeme
    case .string(let string): write(string)
    case .array(let elements):
      text += "["
      open.append(Container(value: value, count: elements.count))
    case .object(let object):
      text += "{"
      open.append(Container(value: value, count: object.count))
    }
  }

  private mutating func writeItem(_ index: Int, of container: JSONValue) {
    switch container {
    case .array(let elements): begin(elements[index])
    case .object(let object):
      write(object[index].name)
      text += isPretty ? ": " : ":"
      begin(object[index].value)
    case .null, .bool, .number, .string:
      preconditionFailure("\(container.kindName) among the open containers")
    }
  }

  private mutating func breakLine() {
    guard isPretty else { return }
    text += "\n" + String(repeating: "  ", count: open.count)
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
