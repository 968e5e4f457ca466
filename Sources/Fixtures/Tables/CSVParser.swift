/// Decides where the fields and records of comma-separated values end, byte by byte.
///
/// It only decides: bytes come in pieces of any size, and records go out.
///
/// Source: RFC 4180, section 2.
struct CSVParser {
  private enum State {
    case startOfField
    case unquoted
    case quoted
    /// Behind a quote within quotes: the end of the field, or the first half of a quote.
    case quoteInQuoted
    /// Behind a carriage return, which belongs to the line feed that follows.
    case carriageReturn
  }

  /// Nil where it cannot be one, which the first byte is told.
  private let separator: UInt8?
  private let refused: String
  private let limits: CSVLimits
  private var state = State.startOfField
  private var field: [UInt8] = []
  private var fields: [String] = []
  private var line = 1
  private var recordLine = 1
  /// Where the quotes of the field opened.
  private var quoteLine = 1
  private var recordBytes = 0
  private var records = 0

  init(separator: Unicode.Scalar, limits: CSVLimits) {
    let isPossible = separator.isASCII && !"\"\r\n".unicodeScalars.contains(separator)
    self.separator = isPossible ? UInt8(ascii: separator) : nil
    self.limits = limits
    refused = isPossible ? "" : String(reflecting: String(Character(separator)))
  }

  /// Takes in a byte; a record when it ends one.
  mutating func take(_ byte: UInt8) throws(CSVError) -> CSVRecord? {
    guard let separator else {
      throw error(
        "the separator \(refused) is no ASCII character, or is a quotation mark or a line end")
    }
    recordBytes += 1
    guard recordBytes <= limits.recordBytes else {
      throw error("the record has more bytes than the limit `recordBytes`, \(limits.recordBytes)")
    }
    switch (state, byte) {
    case (.carriageReturn, UInt8(ascii: "\n")):
      return try endRecord()
    case (.carriageReturn, _):
      throw error("a carriage return stands alone; within a field it needs quotes")
    case (.quoted, UInt8(ascii: "\"")): state = .quoteInQuoted
    case (.quoted, _):
      if byte == UInt8(ascii: "\n") { line += 1 }
      field.append(byte)
    case (.quoteInQuoted, UInt8(ascii: "\"")):
      field.append(byte)
      state = .quoted
    case (.startOfField, UInt8(ascii: "\"")):
      state = .quoted
      quoteLine = line
    case (_, separator): try endField()
    case (_, UInt8(ascii: "\n")): return try endRecord()
    case (_, UInt8(ascii: "\r")): state = .carriageReturn
    case (.quoteInQuoted, _):
      throw error("a field goes on behind its closing quote")
    case (.unquoted, UInt8(ascii: "\"")):
      throw error("a quote stands within a field that has none around it")
    case (.startOfField, _), (.unquoted, _):
      field.append(byte)
      state = .unquoted
    }
    return nil
  }

  /// Takes in the end of the text; the last record, when it has no line end.
  mutating func end() throws(CSVError) -> CSVRecord? {
    switch state {
    case .quoted:
      throw CSVError(
        line: quoteLine, field: fields.count + 1, reason: "the closing quote of a field is missing")
    case .startOfField where fields.isEmpty: return nil
    case .carriageReturn: throw error("a carriage return stands alone")
    case .startOfField, .unquoted, .quoteInQuoted: return try endRecord()
    }
  }

  private mutating func endField() throws(CSVError) {
    guard let text = String(validating: field, as: UTF8.self) else {
      throw error("the field is not UTF-8")
    }
    guard fields.count < limits.fields else {
      throw error("the record has more fields than the limit `fields`, \(limits.fields)")
    }
    fields.append(text)
    field.removeAll(keepingCapacity: true)
    state = .startOfField
  }

  private mutating func endRecord() throws(CSVError) -> CSVRecord {
    try endField()
    records += 1
    let record = CSVRecord(number: records, line: recordLine, fields: fields)
    fields = []
    line += 1
    recordLine = line
    recordBytes = 0
    return record
  }

  private func error(_ reason: String) -> CSVError {
    CSVError(line: line, field: fields.count + 1, reason: reason)
  }
}

/// What a file of comma-separated values may not exceed.
public struct CSVLimits: Sendable, Hashable {
  /// Bytes of one record; 16 MiB.
  public var recordBytes = 16 << 20
  /// Fields of one record; 16,384, as many as a sheet has columns.
  public var fields = 16_384

  /// The defaults.
  public init() {}
}

/// One record of a file of comma-separated values.
public struct CSVRecord: Sendable, Hashable {
  /// The number of the record, counted from 1, the header included.
  public let number: Int
  /// The line that it begins on, counted from 1.
  public let line: Int
  /// The fields, with all blanks that they have.
  public let fields: [String]
}

/// Why a text is no comma-separated values by RFC 4180.
public struct CSVError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The name of the file, where there is one: of a fixture the name that it was asked for by.
  public internal(set) var file: String?
  /// The line, counted from 1.
  public let line: Int
  /// The field of the record, counted from 1.
  public let field: Int
  /// What is wrong.
  public let reason: String

  init(file: String? = nil, line: Int, field: Int, reason: String) {
    self.file = file
    self.line = line
    self.field = field
    self.reason = reason
  }

  /// The place, and what is wrong there.
  public var description: String {
    "\(file.map { "\($0), " } ?? "")line \(line), field \(field): \(reason)"
  }
}
