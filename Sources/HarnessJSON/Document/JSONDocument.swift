/// A parsed JSON text that still knows where in the text each value stands.
///
/// The text is checked whole when it is parsed, into a flat tape of tokens; values are made when somebody
/// looks at them. Text and tape together take about twice the memory of the text.
public struct JSONDocument: Sendable {
  let tape: JSONTape

  /// Reads a JSON text from its bytes, strictly by RFC 8259.
  ///
  /// - Throws: as ``JSONValue/init(parsing:limits:)-([UInt8],_)`` does.
  public init(parsing bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) {
    tape = try JSONScanner.tape(of: bytes, limits: limits)
  }

  /// Reads a JSON text, strictly by RFC 8259.
  ///
  /// - Throws: as reading from bytes does; offsets count the UTF-8 bytes of the text.
  public init(parsing text: String, limits: JSONLimits = JSONLimits()) throws(JSONError) {
    try self.init(parsing: Array(text.utf8), limits: limits)
  }

  /// The value of the whole text.
  public var root: JSONValue { tape.value(at: 0) }

  /// The bytes of the text.
  public var bytes: [UInt8] { tape.bytes }

  /// The bytes that a value takes in the text, brackets and quotation marks included.
  ///
  /// - Throws: how far the pointer led, and what was found there.
  public func sourceRange(at pointer: JSONPointer) throws(JSONPointerFailure) -> Range<Int> {
    guard let index = tape.index(at: pointer, from: 0) else {
      throw root.failure(of: pointer)
    }
    return tape.sourceRange(index)
  }

  /// Where in the text a value begins.
  ///
  /// - Throws: how far the pointer led, and what was found there.
  public func position(at pointer: JSONPointer) throws(JSONPointerFailure) -> JSONPosition {
    JSONPosition(offset: try sourceRange(at: pointer).lowerBound, in: bytes)
  }

  /// The names that an object repeats, in the order of the text.
  ///
  /// RFC 8259, section 4 leaves open what they mean, and readers differ: some keep the first value, some
  /// the last.
  public var repeatedNames: [JSONRepeatedName] {
    var found: [JSONRepeatedName] = []
    for index in 0..<tape.count where tape[index].kind == .object && tape.childCount(index) > 1 {
      found += tape.repeatedNames(of: index)
    }
    return found
  }
}

/// A name that stands more than once in one object.
public struct JSONRepeatedName: Sendable, Equatable {
  /// The object.
  public let object: JSONPointer
  /// The name, unescaped.
  public let name: String
  /// Where it is written, in order; two places or more.
  public let positions: [JSONPosition]
}

/// A place in a text.
public struct JSONPosition: Sendable, Equatable, CustomStringConvertible {
  /// The offset of the byte, counted from 0.
  public let offset: Int
  /// The line, counted from 1; lines end with a line feed.
  public let line: Int
  /// The column in Unicode scalars, counted from 1.
  public let column: Int

  init(offset: Int, in bytes: [UInt8]) {
    self.offset = offset
    let before = bytes.prefix(offset)
    line = before.count { $0 == UInt8(ascii: "\n") } + 1
    let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    // Continuation bytes (0b10xxxxxx) do not start a scalar.
    column = before[lineStart...].count { $0 & 0xC0 != 0x80 } + 1
  }

  /// For example `line 3, column 5 (byte 17)`.
  public var description: String { "line \(line), column \(column) (byte \(offset))" }
}
