extension JSONValue {
  /// The bytes of the value in the JSON Canonicalization Scheme: what a signature or a hash is made of.
  ///
  /// Members are sorted by the UTF-16 units of their names, numbers are written as ECMAScript writes the
  /// nearest `Double`, and there is no space.
  ///
  /// - Throws: ``JSONCanonicalError`` for what I-JSON does not have: a repeated name, and a number beyond
  ///   the range of `Double`.
  ///
  /// Source: RFC 8785, section 3.2.
  public func canonicalBytes() throws(JSONCanonicalError) -> [UInt8] {
    var canonical = JSONCanonicalWriter()
    try canonical.write(self)
    return canonical.bytes
  }

  /// The text of ``canonicalBytes()``.
  ///
  /// - Throws: as ``canonicalBytes()`` does.
  public func canonicalText() throws(JSONCanonicalError) -> String {
    String(decoding: try canonicalBytes(), as: UTF8.self)
  }
}

/// Why a value has no canonical form.
public struct JSONCanonicalError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Where.
  public let pointer: JSONPointer
  /// What stands there.
  public let reason: String

  /// For example `no canonical form: at /a, the name "b" is written twice (RFC 8785)`.
  public var description: String {
    let place = pointer.tokens.isEmpty ? "the root" : pointer.excerpt
    return "no canonical form: at \(place), \(reason) (RFC 8785)"
  }
}

/// Writes values in canonical form, without recursion.
private struct JSONCanonicalWriter {
  /// What is left to write of a container, last first.
  private struct Open {
    var members: [(name: String?, value: JSONValue)]
    /// The name or index of what is being written.
    var position = ""
    var index = 0
  }

  private var writer = JSONWriter(isPretty: false)
  private var open: [Open] = []

  var bytes: [UInt8] { writer.bytes }

  mutating func write(_ root: JSONValue) throws(JSONCanonicalError) {
    try begin(root)
    while !open.isEmpty {
      let last = open.count - 1
      guard let (name, value) = open[last].members.popLast() else {
        writer.close()
        open.removeLast()
        continue
      }
      open[last].position = name ?? String(open[last].index)
      open[last].index += 1
      if let name { writer.name(name) }
      try begin(value)
    }
  }

  private mutating func begin(_ value: JSONValue) throws(JSONCanonicalError) {
    switch value {
    case .null: writer.literal("null")
    case .bool(let value): writer.literal(value ? "true" : "false")
    case .number(let number):
      guard let text = Double(number).ecmaScriptText else {
        throw error("\(number.lexeme.cut(to: 80)) is beyond the range of a double")
      }
      writer.literal(text)
    case .string(let string): writer.string(string)
    case .array(let array):
      writer.open(isObject: false)
      open.append(Open(members: array.reversed().map { (nil, $0) }))
    case .object(let object):
      let members = object.map {
        (name: $0.name as String?, value: $0.value, units: Array($0.name.utf16))
      }
      .sorted { $1.units.lexicographicallyPrecedes($0.units) }
      for (one, other) in zip(members, members.dropFirst()) where one.units == other.units {
        throw error(
          "the name \(JSONValue.string(one.name ?? "").excerpt(limit: 80)) is written twice")
      }
      writer.open(isObject: true)
      open.append(Open(members: members.map { ($0.name, $0.value) }))
    }
  }

  private func error(_ reason: String) -> JSONCanonicalError {
    JSONCanonicalError(pointer: JSONPointer(tokens: open.map(\.position)), reason: reason)
  }
}
