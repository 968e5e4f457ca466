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
    var found: [(object: Int, name: String, offsets: [Int])] = []
    for index in 0..<tape.count where tape[index].kind == .object && tape.childCount(index) > 1 {
      found += tape.repeatedNames(of: index).map { (index, $0.name, $0.offsets) }
    }
    let positions = JSONPosition.positions(of: found.flatMap(\.offsets), in: bytes)
    return found.map { object, name, offsets in
      JSONRepeatedName(
        object: tape.pointer(to: object), name: name,
        positions: offsets.compactMap { positions[$0] })
    }
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
