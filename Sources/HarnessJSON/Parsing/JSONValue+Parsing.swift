extension JSONValue {
  /// Reads a JSON text from its bytes, strictly by RFC 8259.
  ///
  /// - Throws: the first mistake, with its place; also for what exceeds the limits, and for an
  ///   escape that is half a surrogate pair, which no string can hold.
  public init(parsing bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) {
    self = try JSONScanner.tape(of: bytes, limits: limits).value
  }

  /// Reads a JSON text, strictly by RFC 8259.
  ///
  /// - Throws: as reading from bytes does; offsets count the UTF-8 bytes of the text.
  public init(parsing text: String, limits: JSONLimits = JSONLimits()) throws(JSONError) {
    try self.init(parsing: Array(text.utf8), limits: limits)
  }
}

extension JSONTape {
  /// A container whose content is being read.
  private struct Frame {
    let isObject: Bool
    /// The index of the first token after the content.
    let end: Int
    var elements: [JSONValue] = []
    var members: [JSONObject.Member] = []
    var name = ""

    mutating func append(_ value: JSONValue) {
      if isObject {
        members.append(JSONObject.Member(name: name, value: value))
      } else {
        elements.append(value)
      }
    }

    var value: JSONValue { isObject ? .object(JSONObject(members)) : .array(elements) }
  }

  /// The tree of the values.
  var value: JSONValue {
    var frames: [Frame] = []
    for (index, token) in tokens.enumerated() {
      var value: JSONValue
      switch token.kind {
      case .name, .escapedName:
        frames[frames.count - 1].name = string(of: token)
        continue
      case .array, .object:
        let frame = Frame(isObject: token.kind == .object, end: token.next)
        guard token.next == index + 1 else {
          frames.append(frame)
          continue
        }
        value = frame.value
      case .null: value = .null
      case .true: value = .bool(true)
      case .false: value = .bool(false)
      case .number: value = .number(JSONNumber(scanned: text(token.start..<token.end)))
      case .string, .escapedString: value = .string(string(of: token))
      }
      while var frame = frames.popLast() {
        frame.append(value)
        guard frame.end == index + 1 else {
          frames.append(frame)
          break
        }
        value = frame.value
      }
      if frames.isEmpty { return value }
    }
    preconditionFailure("a tape of \(tokens.count) tokens that does not end")
  }

  private func text(_ range: Range<UInt32>) -> String {
    String(decoding: bytes[Int(range.lowerBound)..<Int(range.upperBound)], as: UTF8.self)
  }

  private func string(of token: Token) -> String {
    let content = token.start + 1..<token.end - 1
    guard token.kind == .escapedString || token.kind == .escapedName else { return text(content) }
    return unescaped(bytes[Int(content.lowerBound)..<Int(content.upperBound)])
  }

  /// The string that validated, escaped content stands for.
  ///
  /// Source: RFC 8259, section 7.
  private func unescaped(_ content: ArraySlice<UInt8>) -> String {
    // UTF-16 units join the two halves of a pair by themselves; runs between escapes stay bytes.
    var result = ""
    var rest = content
    while let backslash = rest.firstIndex(of: UInt8(ascii: "\\")) {
      result += String(decoding: rest[..<backslash], as: UTF8.self)
      var units: [UInt16] = []
      rest = rest[backslash...]
      while rest.first == UInt8(ascii: "\\") {
        let escape = rest[rest.startIndex + 1]
        rest.removeFirst(2)
        if escape == UInt8(ascii: "u") {
          units.append(rest.prefix(4).reduce(0) { $0 << 4 | (hexValue($1) ?? 0) })
          rest.removeFirst(4)
        } else {
          units.append(unit(escapedAs: escape))
        }
      }
      result += String(decoding: units, as: UTF16.self)
    }
    return result + String(decoding: rest, as: UTF8.self)
  }

  private func unit(escapedAs letter: UInt8) -> UInt16 {
    switch letter {
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    default: UInt16(letter)
    }
  }
}
