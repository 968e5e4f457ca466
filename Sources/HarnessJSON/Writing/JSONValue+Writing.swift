extension JSONValue {
  /// The shortest text of the value: no space, members in order, numbers in their own text.
  public var compactText: String { String(decoding: compactBytes, as: UTF8.self) }

  /// The value with a line for each member and element, indented by two spaces, without a newline
  /// at the end.
  public var prettyText: String { String(decoding: bytes(isPretty: true), as: UTF8.self) }

  /// The UTF-8 bytes of ``compactText``.
  public var compactBytes: [UInt8] { bytes(isPretty: false) }

  private func bytes(isPretty: Bool) -> [UInt8] {
    var writer = JSONWriter(isPretty: isPretty)
    writer.write(self)
    return writer.bytes
  }
}
