import Foundation

/// Reads comma-separated values a record at a time, in memory that does not grow with the file.
///
/// By RFC 4180: quotes around a field may hold separators, line ends and doubled quotes, and blanks belong to the
/// field. A line may end with a line feed alone. Anything else is refused, with its line, and ends the reading: where the next
/// record begins cannot be known.
///
/// The separator is one ASCII character that is neither a quotation mark nor a line end; another one is a ``CSVError`` of
/// the first record.
///
/// ```swift
/// var reader = try CSVReader(path: path)
/// while let record = try reader.next() { print(record.fields) }
/// ```
public struct CSVReader: ~Copyable {
  private let file: FileHandle?
  let name: String?
  private var parser: CSVParser
  private var piece: [UInt8]
  private var position = 0
  private var hasEnded = false

  private static let pieceSize = 64 * 1024

  /// A reader of the file at a path.
  ///
  /// - Throws: A ``CSVError`` where it is a folder; the system's error when it cannot be read.
  public init(
    path: String, separator: Unicode.Scalar = ",", limits: CSVLimits = CSVLimits()
  ) throws {
    try self.init(
      path: path, name: URL(filePath: path).lastPathComponent, separator: separator, limits: limits)
  }

  /// A reader of the file at a path that has another name in errors.
  init(
    path: String, name: String, separator: Unicode.Scalar, limits: CSVLimits = CSVLimits()
  ) throws {
    if FileKind(at: path) == .folder {
      throw CSVError(file: name, line: 1, field: 1, reason: "this is a folder")
    }
    file = try FileHandle(forReadingFrom: URL(filePath: path))
    self.name = name
    parser = CSVParser(separator: separator, limits: limits)
    piece = []
  }

  /// A reader of a text.
  public init(text: String, separator: Unicode.Scalar = ",", limits: CSVLimits = CSVLimits()) {
    file = nil
    name = nil
    parser = CSVParser(separator: separator, limits: limits)
    piece = Array(text.utf8)
    skipByteOrderMark()
  }

  /// The next record; nil at the end, and after an error.
  ///
  /// - Throws: ``CSVError``, or the system's error when the file cannot be read on.
  public mutating func next() throws -> CSVRecord? {
    do {
      while !hasEnded {
        while position < piece.count {
          position += 1
          if let record = try parser.take(piece[position - 1]) { return record }
        }
        try advance()
        if hasEnded { return try parser.end() }
      }
      return nil
    } catch {
      hasEnded = true
      guard var error = error as? CSVError else { throw error }
      error.file = name
      throw error
    }
  }

  private mutating func advance() throws {
    let isFirst = piece.isEmpty
    piece = [UInt8](try file?.read(upToCount: Self.pieceSize) ?? Data())
    position = 0
    hasEnded = piece.isEmpty
    if isFirst { skipByteOrderMark() }
  }

  private mutating func skipByteOrderMark() {
    if piece.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }
}

@available(*, unavailable)
extension CSVReader: Sendable {}

/// The records of a file of comma-separated values below its header.
public struct CSVTable: Sendable, Hashable {
  /// The names of the columns.
  public let header: [String]
  /// The records below the header.
  public let records: [CSVRecord]

  /// Reads all records.
  ///
  /// - Throws: ``CSVError`` when the text is no comma-separated values, when a record has another count of fields than
  ///   the header, or when there is no header.
  public init(_ reader: consuming CSVReader) throws {
    guard let first = try reader.next() else {
      throw CSVError(file: reader.name, line: 1, field: 1, reason: "there is no header")
    }
    var records: [CSVRecord] = []
    while let record = try reader.next() {
      guard record.fields.count == first.fields.count else {
        throw CSVError(
          file: reader.name, line: record.line, field: record.fields.count,
          reason:
            "the record has \(record.fields.count) fields, and the header \(first.fields.count)")
      }
      records.append(record)
    }
    header = first.fields
    self.records = records
  }

  /// The fields of a column, from top to bottom; nil when the header has no such name.
  public subscript(column name: String) -> [String]? {
    header.firstIndex(of: name).map { column in records.map { $0.fields[column] } }
  }
}
