/// Rows of texts, as a CSV file has them: the value that ``CSVGolden`` compares.
///
/// ```swift
/// try expectGolden(CSVRows(rows: [["code", "close"], ["BBOB", "1.45"]]), as: .csv)
/// ```
///
/// A table of the module `Fixtures`, `CSVTable`, becomes one by `CSVRows(table)`.
///
/// Source: RFC 4180, section 2.
public struct CSVRows: Sendable, Equatable {
  /// The rows with their cells, the header among them; they may have different lengths.
  public var rows: [[String]]

  /// Makes a table of rows.
  public init(rows: [[String]]) {
    self.rows = rows
  }

  /// Reads a table: rows end with CRLF or a line feed, cells in quotation marks may have either.
  ///
  /// A last row without a line end counts, and an empty file has no rows.
  ///
  /// - Throws: ``CSVRowsError`` with the line where a quotation mark is not closed or stands in a plain cell; also for a
  ///   separator that is no ASCII character, or is a quotation mark or a line end.
  public init(parsing text: String, separator: Character = ",") throws(CSVRowsError) {
    guard let byte = separator.asciiValue, !"\"\r\n".utf8.contains(byte) else {
      let name = String(reflecting: String(separator))
      throw CSVRowsError(
        message: "the separator \(name) is not one ASCII character, or has a meaning of its own",
        line: 1)
    }
    var reader = RowReader(bytes: Array(text.utf8), separator: byte)
    rows = try reader.rows()
  }

  /// The table as text, with a line feed after each row and quotation marks where they are needed.
  public func text(separator: Character = ",") -> String {
    rows.map { row in
      // A row of one empty cell would be an empty line, which is no row.
      if row == [""] { return "\"\"\n" }
      return row.map { cell in
        let isPlain = !cell.unicodeScalars.contains { scalar in
          scalar == "\"" || scalar == "\n" || scalar == "\r"
            || Character(scalar) == separator
        }
        return isPlain ? cell : "\"" + cell.replacing("\"", with: "\"\"") + "\""
      }.joined(separator: String(separator)) + "\n"
    }.joined()
  }
}

/// Why a text is no rows of CSV, and where.
public struct CSVRowsError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong.
  public let message: String
  /// The line, counted from 1.
  public let line: Int

  /// The line and what is wrong.
  public var description: String { "line \(line): \(message)" }
}

/// Reads the rows of a CSV text, byte by byte.
private struct RowReader {
  let bytes: [UInt8]
  let separator: UInt8
  private var index = 0
  private var line = 1

  init(bytes: [UInt8], separator: UInt8) {
    self.bytes = bytes
    self.separator = separator
  }

  mutating func rows() throws(CSVRowsError) -> [[String]] {
    var rows: [[String]] = []
    while index < bytes.count {
      // An empty line is no row: with one column, an empty cell is written in quotation marks.
      if takeLineEnd() { continue }
      rows.append(try row())
    }
    return rows
  }

  private mutating func row() throws(CSVRowsError) -> [String] {
    var cells: [String] = []
    while true {
      cells.append(try cell())
      if index == bytes.count || takeLineEnd() { return cells }
      index += 1
    }
  }

  private mutating func cell() throws(CSVRowsError) -> String {
    guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { return try plainCell() }
    let start = line
    index += 1
    var content: [UInt8] = []
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      guard byte == UInt8(ascii: "\"") else {
        if byte == UInt8(ascii: "\n") { line += 1 }
        content.append(byte)
        continue
      }
      if index < bytes.count, bytes[index] == UInt8(ascii: "\"") {
        content.append(byte)
        index += 1
        continue
      }
      guard index == bytes.count || bytes[index] == separator || isLineEnd else {
        throw CSVRowsError(message: "text follows a closing quotation mark", line: line)
      }
      return String(decoding: content, as: UTF8.self)
    }
    throw CSVRowsError(message: "a quotation mark is not closed", line: start)
  }

  private mutating func plainCell() throws(CSVRowsError) -> String {
    let start = index
    while index < bytes.count, bytes[index] != separator, !isLineEnd {
      if bytes[index] == UInt8(ascii: "\"") {
        throw CSVRowsError(
          message: "a quotation mark in a cell that does not begin with one", line: line)
      }
      index += 1
    }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private var isLineEnd: Bool {
    bytes[index] == UInt8(ascii: "\n")
      || (bytes[index] == UInt8(ascii: "\r")
        && (index + 1 == bytes.count || bytes[index + 1] == UInt8(ascii: "\n")))
  }

  private mutating func takeLineEnd() -> Bool {
    guard isLineEnd else { return false }
    if bytes[index] == UInt8(ascii: "\r") { index += 1 }
    if index < bytes.count { index += 1 }
    line += 1
    return true
  }
}
