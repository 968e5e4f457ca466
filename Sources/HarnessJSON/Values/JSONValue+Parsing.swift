extension JSONValue {
  /// Reads a JSON text from its bytes, strictly by RFC 8259.
  ///
  /// The whole text is checked now; strings, numbers and containers are made when they are looked at. The
  /// value keeps the bytes alive.
  ///
  /// - Throws: the first mistake, with its place; also for what exceeds the limits, and for an
  ///   escape that is half a surrogate pair, which no string can hold.
  public init(parsing bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) {
    self = try JSONScanner.tape(of: bytes, limits: limits).value(at: 0)
  }

  /// Reads a JSON text, strictly by RFC 8259.
  ///
  /// - Throws: as reading from bytes does; offsets count the UTF-8 bytes of the text.
  public init(parsing text: String, limits: JSONLimits = JSONLimits()) throws(JSONError) {
    try self.init(parsing: Array(text.utf8), limits: limits)
  }
}
