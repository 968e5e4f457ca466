/// Decodes a row: an object with a member for each column.
struct RowDecoder: Decoder {
  private let cells: RowCells

  init(row: TableRow, problems: RowProblems) { cells = RowCells(row, problems) }

  fileprivate init(_ cells: RowCells) { self.cells = cells }

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(RowContainer(cells: cells))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw notARow }

  func singleValueContainer() throws -> any SingleValueDecodingContainer { throw notARow }

  private var notARow: DecodingError {
    .dataCorrupted(
      .init(codingPath: [], debugDescription: "a row is read as a type with named properties"))
  }
}

/// What a row is decoded from: one reference, because the standard library copies a container for each member
/// that is asked of it.
private final class RowCells {
  let row: TableRow
  let problems: RowProblems

  init(_ row: TableRow, _ problems: RowProblems) {
    self.row = row
    self.problems = problems
  }
}

/// The columns of a row as the members of an object.
///
/// A bad cell is noted and decoded as a stand-in, so that the other cells of its row are looked at too;
/// the value made of stand-ins is thrown away.
private struct RowContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let cells: RowCells

  private var row: TableRow { cells.row }
  private var problems: RowProblems { cells.problems }

  var codingPath: [any CodingKey] { [] }

  var allKeys: [Key] { row.header.names.compactMap { Key(stringValue: $0) } }

  func contains(_ key: Key) -> Bool { column(key) != nil }

  func decodeNil(forKey key: Key) -> Bool {
    column(key).map { row.source(column: $0).isBlank } ?? true
  }

  private func column(_ key: Key) -> Int? { problems.column(key.stringValue, of: row.header) }

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    if let column = column(key),
      let value = CellConversion.plain(row.source(column: column), as: type)
    {
      return value
    }
    return try slowly(type, key)
  }

  private func decode<T: Decodable>(
    _ type: T.Type, _ source: CellSource, _ key: Key
  ) throws -> T {
    let decoder = CellDecoder(
      source: source, header: row.header, problems: problems, codingPath: [key])
    return try decoder.decode(type)
  }

  // The usual types without a detour over the generic form.

  func decode(_ type: Double.Type, forKey key: Key) throws -> Double {
    if let column = column(key), let value = row.source(column: column).plainDouble {
      return value
    }
    return try slowly(type, key)
  }

  func decode(_ type: Int.Type, forKey key: Key) throws -> Int {
    if let column = column(key), let value = row.source(column: column).plainInt { return value }
    return try slowly(type, key)
  }

  func decode(_ type: String.Type, forKey key: Key) throws -> String {
    if let column = column(key), let value = row.source(column: column).plainText { return value }
    return try slowly(type, key)
  }

  private func slowly<T: Decodable>(_ type: T.Type, _ key: Key) throws -> T {
    guard let column = column(key) else {
      problems.addMissingColumn(key.stringValue)
      return try standIn(type, key)
    }
    return try decode(type, row.source(column: column), key)
  }

  private func standIn<T: Decodable>(_ type: T.Type, _ key: Key) throws -> T {
    if let value = CellConversion.standIn(for: type) { return value }
    throw DecodingError.keyNotFound(
      key, .init(codingPath: [], debugDescription: "the header has no such column"))
  }

  func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<NestedKey> { throw nested(key) }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    throw nested(key)
  }

  func superDecoder() throws -> any Decoder { RowDecoder(cells) }

  func superDecoder(forKey key: Key) throws -> any Decoder { throw nested(key) }

  private func nested(_ key: Key) -> DecodingError {
    .dataCorrupted(.init(codingPath: [key], debugDescription: "a cell holds one value, no more"))
  }
}
