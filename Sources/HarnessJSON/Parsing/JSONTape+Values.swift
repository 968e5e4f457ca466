extension JSONTape {
  /// The value whose token has this index: scalars are made now, containers when somebody looks in.
  @inline(__always)
  func value(at index: Int) -> JSONValue {
    let token = self[index]
    switch token.kind {
    case .string: return .string(text(token.start + 1, token.payload - 2))
    case .escapedString: return .string(unescaped(token))
    case .integer, .decimal:
      return .number(JSONNumber(scanned: text(token.start, token.payload)))
    case .null: return .null
    case .true: return .bool(true)
    case .false: return .bool(false)
    case .array: return .array(JSONArray(tape: self, at: index))
    case .object: return .object(JSONObject(tape: self, at: index))
    case .name, .escapedName, .close: preconditionFailure("\(token.kind) is no value")
    }
  }

  /// The string a token stands for, unescaped.
  @inline(__always)
  func string(of token: JSONToken) -> String {
    token.isEscaped ? unescaped(token) : text(token.start + 1, token.payload - 2)
  }

  @inline(__always)
  func text(_ start: Int, _ count: Int) -> String {
    unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe String(
        decoding: UnsafeBufferPointer(rebasing: buffer[start..<start + count]), as: UTF8.self)
    }
  }

  /// Source: RFC 8259, section 7.
  @inline(never)
  private func unescaped(_ token: JSONToken) -> String {
    unsafe String(unsafeUninitializedCapacity: token.payload) { buffer in
      unsafe unescape(token, into: buffer)
    }
  }

  /// Writes what an escaped string stands for, and returns how many bytes that are.
  ///
  /// The text was checked when it was scanned. What stands between two escapes is copied eight bytes at a time:
  /// there is room, for an escape is longer than what it stands for.
  @inline(__always)
  private func unescape(
    _ token: JSONToken, into buffer: UnsafeMutableBufferPointer<UInt8>
  ) -> Int {
    unsafe bytes.withUnsafeBufferPointer { source in
      let text = unsafe JSONText(source)
      let target = UnsafeMutableRawBufferPointer(buffer)
      var index = token.start + 1
      let end = token.start + token.payload - 1
      var count = 0
      while index < end {
        if index + 8 <= end {
          let word = text.word(index)
          unsafe target.storeBytes(of: word.littleEndian, toByteOffset: count, as: UInt64.self)
          let run = JSONText.bytesBeforeBackslash(word)
          index += run
          count += run
          if run == 8 { continue }
        } else if text[index] != UInt8(ascii: "\\") {
          unsafe buffer[count] = text[index]
          index += 1
          count += 1
          continue
        }
        index = appendEscape(at: index, in: text) { byte in
          unsafe buffer[count] = byte
          count += 1
        }
      }
      return count
    }
  }

  /// The UTF-8 bytes that an escaped string stands for.
  @inline(__always)
  func forEachByte(of token: JSONToken, _ body: (UInt8) -> Void) {
    unsafe bytes.withUnsafeBufferPointer { buffer in
      let text = unsafe JSONText(buffer)
      var index = token.start + 1
      let end = token.start + token.payload - 1
      while index < end {
        let byte = text[index]
        guard byte == UInt8(ascii: "\\") else {
          body(byte)
          index += 1
          continue
        }
        index = appendEscape(at: index, in: text, body)
      }
    }
  }

  /// Hands over what an escape stands for, and returns the index after it.
  @inline(__always)
  private func appendEscape(at index: Int, in text: JSONText, _ body: (UInt8) -> Void) -> Int {
    let letter = text[index + 1]
    guard letter == UInt8(ascii: "u") else {
      body(unescapedByte(letter))
      return index + 2
    }
    let unit = UInt32(text.hexUnit(index + 2))
    guard unit >= 0xD800, unit < 0xE000 else {
      encode(unit, body)
      return index + 6
    }
    let low = UInt32(text.hexUnit(index + 8)) - 0xDC00
    encode(0x10000 + (unit - 0xD800) << 10 + low, body)
    return index + 12
  }

  @inline(__always)
  private func unescapedByte(_ letter: UInt8) -> UInt8 {
    switch letter {
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    default: letter
    }
  }

  /// Encodes a scalar in UTF-8.
  @inline(__always)
  private func encode(_ scalar: UInt32, _ body: (UInt8) -> Void) {
    func continuation(_ shift: UInt32) { body(UInt8(0x80 | scalar >> shift & 0x3F)) }
    switch scalar {
    case 0..<0x80: body(UInt8(scalar))
    case 0x80..<0x800:
      body(UInt8(0xC0 | scalar >> 6))
      continuation(0)
    case 0x800..<0x10000:
      body(UInt8(0xE0 | scalar >> 12))
      continuation(6)
      continuation(0)
    default:
      body(UInt8(0xF0 | scalar >> 18))
      continuation(12)
      continuation(6)
      continuation(0)
    }
  }
}

extension JSONTape {
  /// Whether a string token stands for these UTF-8 bytes.
  @inline(__always)
  func string(_ index: Int, equals name: UnsafeBufferPointer<UInt8>) -> Bool {
    let token = self[index]
    guard !token.isEscaped else { return unsafe escapedString(token, equals: name) }
    guard token.payload - 2 == name.count else { return false }
    return unsafe bytes.withUnsafeBufferPointer { buffer in
      for offset in 0..<name.count {
        guard unsafe buffer[token.start + 1 + offset] == name[offset] else { return false }
      }
      return true
    }
  }

  @inline(never)
  private func escapedString(_ token: JSONToken, equals name: UnsafeBufferPointer<UInt8>) -> Bool {
    var count = 0
    var isEqual = true
    forEachByte(of: token) { byte in
      if unsafe count >= name.count || name[count] != byte { isEqual = false }
      count += 1
    }
    return isEqual && count == name.count
  }

  /// The index of the value of the last member of an object with a name.
  func lastValue(named name: String, of index: Int) -> Int? {
    var found: Int?
    forEachMember(of: index, named: name) { found = $0 }
    return found
  }

  /// Calls with the index of the value of each member with a name.
  func forEachMember(of index: Int, named name: String, _ body: (_ value: Int) -> Void) {
    var name = name
    name.withUTF8 { name in
      var member = index + 1
      let end = self[index].payload - 1
      while member < end {
        if unsafe string(member, equals: name) { body(member + 1) }
        member = next(member + 1)
      }
    }
  }
}
