extension JSONWriter {
  /// An array or object that is being written.
  private enum Open {
    case array(JSONArray.Iterator)
    case object(JSONObject.Iterator)
  }

  /// Writes a value, without recursion: how deep it is nested is up to who sent it.
  mutating func write(_ root: JSONValue) {
    var open: [Open] = []
    begin(root, &open)
    while let container = open.popLast() {
      switch container {
      case .array(var elements):
        guard let element = elements.next() else {
          close()
          continue
        }
        open.append(.array(elements))
        begin(element, &open)
      case .object(var members):
        guard let member = members.next() else {
          close()
          continue
        }
        open.append(.object(members))
        name(member.name)
        begin(member.value, &open)
      }
    }
  }

  /// Writes a scalar and what lies on a tape whole, and of another container what opens it.
  private mutating func begin(_ value: JSONValue, _ containers: inout [Open]) {
    switch value {
    case .null: literal("null")
    case .bool(let value): literal(value ? "true" : "false")
    case .number(let number): literal(number.lexeme)
    case .string(let text): string(text)
    case .array(let array):
      if case .tape(let tape, let index) = array.storage { return write(tape, at: Int(index)) }
      open(isObject: false)
      containers.append(.array(array.makeIterator()))
    case .object(let object):
      if case .tape(let tape, let index) = object.storage { return write(tape, at: Int(index)) }
      open(isObject: true)
      containers.append(.object(object.makeIterator()))
    }
  }

  /// Copies a value from a tape: no string is made but of what is escaped.
  private mutating func write(_ tape: JSONTape, at start: Int) {
    for index in start..<tape.next(start) {
      let token = tape[index]
      switch token.kind {
      case .array: open(isObject: false)
      case .object: open(isObject: true)
      case .close: close()
      case .escapedName: name(tape.string(of: token))
      case .escapedString: string(tape.string(of: token))
      case .name: rawName(tape.bytes[token.start..<token.start + token.payload])
      case .null, .true, .false, .integer, .decimal, .string:
        raw(tape.bytes[token.start..<token.start + token.payload])
      }
    }
  }
}
