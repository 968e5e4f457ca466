import HarnessJSON

/// CSV tables, compared cell by cell: quotation marks and line ends count for nothing.
///
/// Places are the rows below the header, counted from 0, and the names of the columns: `/*/price`. Without a
/// header the columns are counted from 0 too: `/*/2`.
///
/// Source: RFC 4180.
public struct CSVGolden: GoldenFormat {
  /// The extension of the files.
  public let fileExtension = "csv"
  /// Whether the first row has the names of the columns.
  public let hasHeader: Bool
  /// What stands between two cells: an ASCII character that is neither a quotation mark nor a line end; with another one no
  /// file can be read, and the failure says so.
  public let separator: Character

  /// Makes a format for tables, with a header unless said otherwise.
  public init(hasHeader: Bool = true, separator: Character = ",") {
    self.hasHeader = hasHeader
    self.separator = separator
  }

  /// The table with a line feed after each row.
  public func write(_ value: CSVRows) -> [UInt8] {
    Array(value.text(separator: separator).utf8)
  }

  /// The table of a file.
  ///
  /// - Throws: ``CSVRowsError``, or when the file is not UTF-8.
  public func read(_ bytes: [UInt8]) throws -> CSVRows {
    guard let text = String(validating: bytes.withoutByteOrderMark, as: UTF8.self) else {
      throw UnreadableGolden(reason: "it is not UTF-8")
    }
    return try CSVRows(parsing: text, separator: separator)
  }

  /// Compares the header, then the rows; a number in a cell is a number for a rule that wants one.
  public func compare(
    _ actual: CSVRows, with golden: CSVRows?, rules: [GoldenRule]
  ) -> GoldenComparison<CSVRows> {
    let columns = hasHeader ? Columns(actual.rows.first ?? []) : Columns(nil)
    let comparison = MeaningComparison(
      rules: rules, readsNumbersInTexts: true, placeText: { columns.place($0, hasHeader) }
    ).compare(value(of: actual, columns), with: golden.map { value(of: $0, columns) })
    var differences = comparison.differences
    let header = hasHeader ? actual.rows.first : nil
    if hasHeader, let golden, golden.rows.first ?? [] != header ?? [] {
      differences.insert(headerDifference(golden.rows.first ?? [], header ?? []), at: 0)
    }
    let rows = (comparison.candidate.arrayValue.map { Array($0) } ?? []).map { row in
      (row.objectValue ?? JSONObject()).map { $0.value.stringValue ?? "" }
    }
    return GoldenComparison(
      differences: differences, violations: comparison.violations,
      candidate: CSVRows(rows: (header.map { [$0] } ?? []) + rows))
  }

  private func value(of table: CSVRows, _ columns: Columns) -> JSONValue {
    .array(
      table.rows.dropFirst(hasHeader ? 1 : 0).map { row in
        .object(
          JSONObject(
            row.enumerated().map {
              .init(name: columns.name($0.offset), value: .string($0.element))
            }
          ))
      })
  }

  private func headerDifference(_ golden: [String], _ actual: [String]) -> GoldenFinding {
    func text(_ row: [String]) -> String {
      JSONValue.array(row.map { .string($0) }).excerpt(limit: 240)
    }
    return GoldenFinding(
      """
      the header
        expected  \(text(golden))
        actual    \(text(actual))
      """)
  }
}

/// The names of columns, one for each: a name that is there twice, or not at all, is the column's number.
private struct Columns {
  private let names: [String]

  init(_ header: [String]?) {
    var known: Set<ByteString> = []
    names = (header ?? []).enumerated().map { index, name in
      known.insert(ByteString(name)).inserted ? name : "\(index)"
    }
  }

  func name(_ index: Int) -> String {
    names.indices.contains(index) ? names[index] : "\(index)"
  }

  /// `row 3, column "price"`: rows are counted from 1, and the header is no row.
  func place(_ pointer: JSONPointer, _ hasHeader: Bool) -> String {
    guard let first = pointer.tokens.first, let row = Int(first) else { return "the rows" }
    guard let column = pointer.tokens.dropFirst().first else { return "row \(row + 1)" }
    return "row \(row + 1), column \(JSONValue.string(column).excerpt(limit: 80))"
  }
}

extension GoldenFormat where Self == CSVGolden {
  /// CSV tables with a header, compared cell by cell.
  public static var csv: CSVGolden { CSVGolden() }
}
