/// Decodes a cell: a single value.
struct CellDecoder: Decoder, SingleValueDecodingContainer {
  let source: CellSource
  let header: TableHeader
  let problems: RowProblems
  let codingPath: [any CodingKey]

  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func singleValueContainer() -> any SingleValueDecodingContainer { self }

  func container<Key: CodingKey>(
    keyedBy type: Key.Type
  ) throws -> KeyedDecodingContainer<Key> { throw oneValue }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw oneValue }

  func decodeNil() -> Bool { source.isBlank }

  func decode<T: Decodable>(_ type: T.Type) throws -> T {
    switch CellConversion.convert(source, to: type) {
    case .value(let value): return value
    case .mismatch(let hint):
      note(type, hint: hint)
      if let value = CellConversion.standIn(for: type) { return value }
      throw oneValue
    case .unknownType: break
    }
    if let type = type as? any CellReadable.Type {
      // A rule of the type's own.
      guard let value = type.value(of: source.cell) as? T else {
        note(T.self, hint: nil)
        throw oneValue
      }
      return value
    }
    // A type of the caller's, made of one of the known ones, such as an enum with raw values.
    do {
      return try T(from: self)
    } catch {
      note(type, hint: nil)
      throw error
    }
  }

  private func note(_ type: any Decodable.Type, hint: String?) {
    problems.add(source, header: header, wanted: "\(type)", hint: hint)
  }

  private var oneValue: DecodingError {
    .dataCorrupted(
      .init(codingPath: codingPath, debugDescription: "a cell holds one value, no more"))
  }
}
