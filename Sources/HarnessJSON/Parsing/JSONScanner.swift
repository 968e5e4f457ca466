/// Reads a text by the grammar of RFC 8259 into a tape, without recursion.
struct JSONScanner {
  /// What may come next.
  private enum State {
    case value, firstElement, firstName, name, afterValue
  }

  let limits: JSONLimits
  let bytes: [UInt8]
  var index = 0
  var tape: JSONTape
  /// The indices of the tokens of the open containers, outermost first.
  private var open: [Int] = []

  init(_ bytes: [UInt8], limits: JSONLimits) {
    self.bytes = bytes
    self.limits = limits
    tape = JSONTape(bytes: bytes)
  }

  /// Reads the whole text.
  static func tape(of bytes: [UInt8], limits: JSONLimits) throws(JSONError) -> JSONTape {
    let maximumSize = max(0, min(limits.maximumSize, JSONLimits().maximumSize))
    guard bytes.count <= maximumSize else {
      throw JSONError(
        .limit, "the text has \(bytes.count) bytes, the limit is \(maximumSize)",
        at: maximumSize, in: bytes)
    }
    var scanner = JSONScanner(bytes, limits: limits)
    try scanner.scan()
    return scanner.tape
  }

  private mutating func scan() throws(JSONError) {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      throw error(.encoding, "a JSON text must not begin with a byte-order mark")
    }
    var state = State.value
    while true {
      skipWhitespace()
      switch state {
      case .value:
        state = try scanValue(expected: "a value")
      case .firstElement:
        if peek == UInt8(ascii: "]") {
          state = close()
        } else {
          state = try scanValue(expected: "a value or \"]\"")
        }
      case .firstName:
        if peek == UInt8(ascii: "}") {
          state = close()
        } else {
          try scanName(expected: "a member name or \"}\"")
          state = .value
        }
      case .name:
        try scanName(expected: "a member name")
        state = .value
      case .afterValue:
        guard let container = open.last else {
          guard peek == nil else { throw unexpected("the end of the text") }
          return
        }
        state = try scanSeparator(in: tape.tokens[container].kind)
      }
    }
  }

  private mutating func scanValue(expected: String) throws(JSONError) -> State {
    switch peek {
    case UInt8(ascii: "{"):
      try openContainer(.object)
      return .firstName
    case UInt8(ascii: "["):
      try openContainer(.array)
      return .firstElement
    case UInt8(ascii: "\""): try scanString(.string, escaped: .escapedString)
    case UInt8(ascii: "t"): try scanLiteral("true", .true)
    case UInt8(ascii: "f"): try scanLiteral("false", .false)
    case UInt8(ascii: "n"): try scanLiteral("null", .null)
    case UInt8(ascii: "-"): try scanNumber()
    case .some(let byte) where isDigit(byte): try scanNumber()
    default: throw unexpected(expected)
    }
    return .afterValue
  }

  private mutating func scanName(expected: String) throws(JSONError) {
    guard peek == UInt8(ascii: "\"") else { throw unexpected(expected) }
    try scanString(.name, escaped: .escapedName)
    skipWhitespace()
    guard peek == UInt8(ascii: ":") else { throw unexpected("\":\"") }
    index += 1
  }

  private mutating func scanSeparator(in container: JSONTape.Kind) throws(JSONError) -> State {
    let isObject = container == .object
    switch peek {
    case UInt8(ascii: ","):
      index += 1
      return isObject ? .name : .value
    case isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"):
      return close()
    default:
      throw unexpected(isObject ? "\",\" or \"}\"" : "\",\" or \"]\"")
    }
  }

  private mutating func openContainer(_ kind: JSONTape.Kind) throws(JSONError) {
    let maximumDepth = min(limits.maximumDepth, 2_048)
    guard open.count < maximumDepth else {
      throw error(.limit, "nested deeper than the limit of \(maximumDepth)")
    }
    open.append(tape.tokens.count)
    tape.append(kind, index..<index)
    index += 1
  }

  private mutating func close() -> State {
    index += 1
    tape.close(open.removeLast(), end: index)
    return .afterValue
  }
}

extension JSONScanner {
  var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func skipWhitespace() {
    while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      index += 1
    }
  }

  func error(_ code: JSONError.Code, _ message: String) -> JSONError {
    JSONError(code, message, at: index, in: bytes)
  }

  func unexpected(_ expected: String) -> JSONError {
    error(.syntax, "expected \(expected), found \(found)")
  }

  /// The byte here as an error shows it.
  private var found: String {
    switch peek {
    case nil: "the end of the text"
    case UInt8(ascii: "\""): "a quotation mark"
    case .some(let byte) where (0x21..<0x7F).contains(byte):
      "\"\(Character(Unicode.Scalar(byte)))\""
    case .some(let byte):
      "the byte 0x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
  }
}
