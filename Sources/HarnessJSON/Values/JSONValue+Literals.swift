// Not by `nil`: in `isKnown ? value : nil`, or compared with what an optional chain gives, it would mean
// JSON's null where the reader means that there is no value. Null is `.null`.

extension JSONValue: ExpressibleByBooleanLiteral {
  /// `true` or `false`.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension JSONValue: ExpressibleByIntegerLiteral {
  /// An integer.
  public init(integerLiteral value: Int) { self = .number(JSONNumber(value)) }
}

extension JSONValue: ExpressibleByFloatLiteral {
  /// A number with the shortest text that gives back the same `Double`.
  ///
  /// For more than 17 digits make the number from its text. A literal beyond the range of `Double`,
  /// of which the compiler warns, is `null`.
  public init(floatLiteral value: Double) {
    self = JSONNumber(value).map(JSONValue.number) ?? .null
  }
}

extension JSONValue: ExpressibleByStringInterpolation {
  /// A string.
  public init(stringLiteral value: String) { self = .string(value) }
}

extension JSONValue: ExpressibleByArrayLiteral {
  /// An array of the elements.
  public init(arrayLiteral elements: JSONValue...) { self = .array(JSONArray(elements)) }
}

extension JSONValue: ExpressibleByDictionaryLiteral {
  /// An object with the members in the order of the literal; a name may be repeated.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(JSONObject(elements.map { JSONObject.Member(name: $0.0, value: $0.1) }))
  }
}

// Literals become values by themselves; what stands in a variable is put in by these.
extension JSONValue {
  /// A Boolean.
  public init(_ value: Bool) { self = .bool(value) }

  /// An integer.
  public init(_ value: some BinaryInteger) { self = .number(JSONNumber(value)) }

  /// A number; nil for infinities and NaN, which JSON does not have.
  public init?(_ value: Double) {
    guard let number = JSONNumber(value) else { return nil }
    self = .number(number)
  }

  /// A string.
  public init(_ value: String) { self = .string(value) }
}
