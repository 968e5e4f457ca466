extension JSONValue {
  /// The value as a Swift type.
  ///
  /// `Decimal` is made of the digits as written, never by way of `Double`; `Date` of an RFC 3339 text,
  /// `URL` of a text, `Data` of base64. Of members with the same name the last one counts.
  ///
  /// - Throws: `DecodingError`; also for a number that the type cannot hold exactly, where the type is
  ///   an integer or a `Decimal`, and for one beyond the range of `Double` or `Float`.
  public func decode<T: Decodable>(_ type: T.Type = T.self) throws -> T {
    try ValueDecoder(value: self, codingPath: []).unbox(type)
  }

  /// Makes a value of what a Swift type encodes, with the members in the order of encoding.
  ///
  /// - Throws: `EncodingError`, for numbers that JSON does not have among others.
  public init(encoding value: some Encodable) throws {
    let slot = EncodingSlot()
    try ValueEncoder(slot: slot, codingPath: []).box(value)
    self = slot.value
  }
}

extension JSONValue: Codable {
  /// Reads a value from any decoder; member order and number texts are lost where it does not keep
  /// them.
  public init(from decoder: any Decoder) throws {
    if let decoder = decoder as? ValueDecoder {
      self = decoder.value
      return
    }
    if let container = try? decoder.container(keyedBy: ValueKey.self) {
      self = .object(
        JSONObject(
          try container.allKeys.map { key in
            JSONObject.Member(
              name: key.stringValue, value: try container.decode(JSONValue.self, forKey: key))
          }))
    } else if var container = try? decoder.unkeyedContainer() {
      var elements: [JSONValue] = []
      while !container.isAtEnd { elements.append(try container.decode(JSONValue.self)) }
      self = .array(elements)
    } else {
      self = try Self.scalar(in: decoder.singleValueContainer())
    }
  }

  private static func scalar(in container: any SingleValueDecodingContainer) throws -> JSONValue {
    if container.decodeNil() { return .null }
    if let value = try? container.decode(Bool.self) { return .bool(value) }
    if let value = try? container.decode(String.self) { return .string(value) }
    if let value = try? container.decode(Int.self) { return .number(JSONNumber(value)) }
    if let value = try? container.decode(UInt64.self) { return .number(JSONNumber(value)) }
    guard let number = JSONNumber(try container.decode(Double.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "JSON has no infinity and no NaN")
    }
    return .number(number)
  }

  /// Writes the value to any encoder; numbers as integers of 64 bits or `Double` where it is not ours.
  public func encode(to encoder: any Encoder) throws {
    if let encoder = encoder as? ValueEncoder {
      encoder.slot.content = .value(self)
      return
    }
    switch self {
    case .object(let object):
      var container = encoder.container(keyedBy: ValueKey.self)
      for member in object {
        try container.encode(member.value, forKey: ValueKey(stringValue: member.name))
      }
    case .array(let elements):
      var container = encoder.unkeyedContainer()
      for element in elements { try container.encode(element) }
    case .null:
      var container = encoder.singleValueContainer()
      try container.encodeNil()
    case .bool(let value): try value.encode(to: encoder)
    case .string(let value): try value.encode(to: encoder)
    case .number(let number):
      if let integer = Int(exactly: number) {
        try integer.encode(to: encoder)
      } else if let integer = UInt64(exactly: number) {
        try integer.encode(to: encoder)
      } else {
        try Double(number).encode(to: encoder)
      }
    }
  }
}

/// A member name or an array index on a coding path.
struct ValueKey: CodingKey {
  let stringValue: String
  let intValue: Int?

  init(stringValue: String) {
    self.stringValue = stringValue
    intValue = nil
  }

  init(intValue: Int) {
    stringValue = String(intValue)
    self.intValue = intValue
  }
}
