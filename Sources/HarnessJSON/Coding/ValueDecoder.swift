/// Decodes Swift types from a value.
struct ValueDecoder: Decoder {
  let value: JSONValue
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard case .object(let object) = value else {
      throw mismatch([String: Any].self, expected: "an object")
    }
    return KeyedDecodingContainer(
      ObjectDecodingContainer<Key>(object: object, codingPath: codingPath))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard case .array(let elements) = value else {
      throw mismatch([Any].self, expected: "an array")
    }
    return ArrayDecodingContainer(elements: elements, codingPath: codingPath)
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer { self }
}

extension ValueDecoder: SingleValueDecodingContainer {
  func decodeNil() -> Bool { value.isNull }

  func decode<T: Decodable>(_ type: T.Type) throws -> T { try unbox(type) }
}

extension ValueDecoder {
  /// Makes a `T` of the value: numbers, strings and Foundation's types directly, all others by their
  /// own initializers.
  func unbox<T: Decodable>(_ type: T.Type) throws -> T {
    if let result = try scalar(type) ?? foundationValue(type) {
      guard let result = result as? T else { throw mismatch(type, expected: "a \(type)") }
      return result
    }
    return try T(from: self)
  }

  private func scalar(_ type: any Decodable.Type) throws -> Any? {
    switch type {
    case is Bool.Type:
      guard case .bool(let value) = value else { throw mismatch(type, expected: "a Boolean") }
      return value
    case is String.Type: return try string(for: type)
    case is Double.Type: return try binary(Double.self)
    case is Float.Type: return try binary(Float.self)
    case let type as any (FixedWidthInteger & Decodable).Type: return try integer(type)
    default: return nil
    }
  }

  func string(for type: any Decodable.Type) throws -> String {
    guard case .string(let string) = value else { throw mismatch(type, expected: "a string") }
    return string
  }

  func number(for type: any Decodable.Type) throws -> JSONNumber {
    guard case .number(let number) = value else { throw mismatch(type, expected: "a number") }
    return number
  }

  private func integer<T: FixedWidthInteger & Decodable>(_ type: T.Type) throws -> T {
    let number = try number(for: type)
    guard let integer = T(exactly: number) else {
      throw corrupted("\(number.lexeme) is not in the range of \(type) or has a fraction")
    }
    return integer
  }

  /// The nearest number of the type: the sender rounded too, but not to infinity.
  private func binary<T: BinaryFloatingPoint & LosslessStringConvertible & Decodable>(
    _ type: T.Type
  ) throws -> T {
    let number = try number(for: type)
    guard let value = T(number.lexeme), value.isFinite else {
      throw corrupted("\(number.lexeme) is out of the range of \(type)")
    }
    return value
  }

  func mismatch(_ type: Any.Type, expected: String) -> DecodingError {
    let found = value.excerpt(limit: 80)
    let context = DecodingError.Context(
      codingPath: codingPath, debugDescription: "expected \(expected), found \(found)")
    return value.isNull ? .valueNotFound(type, context) : .typeMismatch(type, context)
  }

  func corrupted(_ message: String) -> DecodingError {
    .dataCorrupted(.init(codingPath: codingPath, debugDescription: message))
  }
}

/// The members of an object, by name.
private struct ObjectDecodingContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let object: JSONObject
  let codingPath: [any CodingKey]
  /// Positions by name, the last where it is repeated: a dictionary asks for each of its many names.
  private let positions: [ByteString: Int]

  init(object: JSONObject, codingPath: [any CodingKey]) {
    self.object = object
    self.codingPath = codingPath
    positions = Dictionary(
      zip(object.lazy.map { ByteString($0.name) }, object.indices),
      uniquingKeysWith: { $1 })
  }

  var allKeys: [Key] { object.compactMap { Key(stringValue: $0.name) } }

  func contains(_ key: Key) -> Bool { positions[ByteString(key.stringValue)] != nil }

  func decodeNil(forKey key: Key) throws -> Bool { try decoder(for: key).decodeNil() }

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    try decoder(for: key).unbox(type)
  }

  func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<NestedKey> {
    try decoder(for: key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try decoder(for: key).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder { try decoder(for: ValueKey(stringValue: "super")) }

  func superDecoder(forKey key: Key) throws -> any Decoder { try decoder(for: key) }

  private func decoder(for key: some CodingKey) throws -> ValueDecoder {
    guard let position = positions[ByteString(key.stringValue)] else {
      throw DecodingError.keyNotFound(
        key,
        .init(
          codingPath: codingPath,
          debugDescription: "no member \(JSONValue.string(key.stringValue))"))
    }
    return ValueDecoder(value: object[position].value, codingPath: codingPath + [key])
  }
}

/// The elements of an array, one after another.
private struct ArrayDecodingContainer: UnkeyedDecodingContainer {
  let elements: JSONArray
  let codingPath: [any CodingKey]
  private(set) var currentIndex = 0

  init(elements: JSONArray, codingPath: [any CodingKey]) {
    self.elements = elements
    self.codingPath = codingPath
  }

  var count: Int? { elements.count }
  var isAtEnd: Bool { currentIndex >= elements.count }

  mutating func decodeNil() throws -> Bool {
    guard try current(Any?.self).decodeNil() else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
    let result = try current(type).unbox(type)
    currentIndex += 1
    return result
  }

  mutating func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type
  ) throws -> KeyedDecodingContainer<NestedKey> {
    let container = try current([String: Any].self).container(keyedBy: type)
    currentIndex += 1
    return container
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    let container = try current([Any].self).unkeyedContainer()
    currentIndex += 1
    return container
  }

  mutating func superDecoder() throws -> any Decoder {
    let decoder = try current((any Decoder).self)
    currentIndex += 1
    return decoder
  }

  private func current(_ type: Any.Type) throws -> ValueDecoder {
    let path = codingPath + [ValueKey(intValue: currentIndex)]
    guard !isAtEnd else {
      throw DecodingError.valueNotFound(
        type,
        .init(codingPath: path, debugDescription: "the array has \(elements.count) elements"))
    }
    return ValueDecoder(value: elements[currentIndex], codingPath: path)
  }
}
