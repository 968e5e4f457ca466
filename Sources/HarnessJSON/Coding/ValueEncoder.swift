/// The place a value is encoded into: containers are handed out before their content is known.
final class EncodingSlot {
  enum Content {
    case empty
    case value(JSONValue)
    case elements([EncodingSlot])
    case members(Members)
  }

  /// Members in order, and where each name stands among them: dictionaries have many.
  struct Members {
    private(set) var inOrder: [(name: String, slot: EncodingSlot)] = []
    private var positions: [ByteString: Int] = [:]

    /// Puts in a member; a name encoded twice keeps its place.
    mutating func set(_ name: String, _ slot: EncodingSlot) {
      if let position = positions[ByteString(name)] {
        inOrder[position].slot = slot
      } else {
        positions[ByteString(name)] = inOrder.count
        inOrder.append((name, slot))
      }
    }
  }

  var content = Content.empty

  /// What was encoded; a type that encodes nothing is an empty object, as for `JSONEncoder`.
  var value: JSONValue {
    switch content {
    case .empty: .object(JSONObject())
    case .value(let value): value
    case .elements(let slots): .array(slots.map(\.value))
    case .members(let members):
      .object(JSONObject(members.inOrder.map { .init(name: $0.name, value: $0.slot.value) }))
    }
  }

  func appendElement() -> EncodingSlot {
    let slot = EncodingSlot()
    var slots: [EncodingSlot] = []
    if case .elements(let earlier) = content { slots = earlier }
    // Lets go of the only other reference, so that appending does not copy.
    content = .empty
    slots.append(slot)
    content = .elements(slots)
    return slot
  }

  /// The slot of a member; a name encoded twice keeps its place and the later value.
  func member(_ name: String) -> EncodingSlot {
    let slot = EncodingSlot()
    var members = Members()
    if case .members(let earlier) = content { members = earlier }
    content = .empty
    members.set(name, slot)
    content = .members(members)
    return slot
  }
}

/// Encodes Swift types into a slot.
struct ValueEncoder: Encoder {
  let slot: EncodingSlot
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    if case .empty = slot.content { slot.content = .members(EncodingSlot.Members()) }
    return KeyedEncodingContainer(ObjectEncodingContainer<Key>(slot: slot, codingPath: codingPath))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    if case .empty = slot.content { slot.content = .elements([]) }
    return ArrayEncodingContainer(slot: slot, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { self }

  /// Encodes numbers, strings and Foundation's types directly, all others by their own methods.
  func box(_ value: some Encodable) throws {
    if let scalar = try scalar(value) ?? foundationScalar(value) {
      slot.content = .value(scalar)
    } else {
      try value.encode(to: self)
    }
  }

  private func scalar(_ value: some Encodable) throws -> JSONValue? {
    switch value {
    case let value as Bool: .bool(value)
    case let value as String: .string(value)
    case let value as Double: try number(JSONNumber(value), of: value)
    // The shortest text of the `Float` itself; as a `Double` 0.1 would have 17 digits.
    case let value as Float: try number(value.isFinite ? JSONNumber("\(value)") : nil, of: value)
    case let value as any (FixedWidthInteger & Encodable): .number(JSONNumber(value))
    default: nil
    }
  }

  func number(_ number: JSONNumber?, of value: Any) throws -> JSONValue {
    guard let number else {
      throw EncodingError.invalidValue(
        value, .init(codingPath: codingPath, debugDescription: "JSON has no number \(value)"))
    }
    return .number(number)
  }
}

extension ValueEncoder: SingleValueEncodingContainer {
  func encodeNil() throws { slot.content = .value(.null) }

  func encode<T: Encodable>(_ value: T) throws { try box(value) }
}

private struct ObjectEncodingContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let slot: EncodingSlot
  let codingPath: [any CodingKey]

  func encodeNil(forKey key: Key) throws { slot.member(key.stringValue).content = .value(.null) }

  func encode<T: Encodable>(_ value: T, forKey key: Key) throws { try encoder(for: key).box(value) }

  func nestedContainer<NestedKey: CodingKey>(
    keyedBy keyType: NestedKey.Type, forKey key: Key
  ) -> KeyedEncodingContainer<NestedKey> {
    encoder(for: key).container(keyedBy: keyType)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    encoder(for: key).unkeyedContainer()
  }

  func superEncoder() -> any Encoder { encoder(for: ValueKey(stringValue: "super")) }

  func superEncoder(forKey key: Key) -> any Encoder { encoder(for: key) }

  private func encoder(for key: some CodingKey) -> ValueEncoder {
    ValueEncoder(slot: slot.member(key.stringValue), codingPath: codingPath + [key])
  }
}

private struct ArrayEncodingContainer: UnkeyedEncodingContainer {
  let slot: EncodingSlot
  let codingPath: [any CodingKey]

  var count: Int {
    if case .elements(let slots) = slot.content { slots.count } else { 0 }
  }

  func encodeNil() throws { slot.appendElement().content = .value(.null) }

  func encode<T: Encodable>(_ value: T) throws { try encoder().box(value) }

  func nestedContainer<NestedKey: CodingKey>(
    keyedBy keyType: NestedKey.Type
  ) -> KeyedEncodingContainer<NestedKey> {
    encoder().container(keyedBy: keyType)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { encoder().unkeyedContainer() }

  func superEncoder() -> any Encoder { encoder() }

  private func encoder() -> ValueEncoder {
    let key = ValueKey(intValue: count)
    return ValueEncoder(slot: slot.appendElement(), codingPath: codingPath + [key])
  }
}
