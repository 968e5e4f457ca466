/// The rows of a table as values of a type, with the sections they were found in.
///
/// It is a collection of the values, in the order of the sheet.
public struct DecodedRows<Value> {
  /// Rows under one title.
  public struct Section {
    /// The title; nil for rows before the first one.
    public let title: String?
    /// The rows, in the order of the sheet.
    public internal(set) var rows: [Value]
  }

  /// The header of the table.
  public let header: TableHeader
  /// The rows by their section titles; a section without rows is listed too.
  public internal(set) var sections: [Section] = []
  /// The rows that were passed over, such as totals.
  public internal(set) var skipped: [TableRow] = []
  private var values: [Value] = []

  init(header: TableHeader) { self.header = header }

  mutating func add(_ value: Value) {
    values.append(value)
    if sections.isEmpty { sections.append(Section(title: nil, rows: [])) }
    sections[sections.count - 1].rows.append(value)
  }
}

extension DecodedRows: RandomAccessCollection {
  /// The place of the first row.
  public var startIndex: Int { values.startIndex }
  /// The place after the last row.
  public var endIndex: Int { values.endIndex }
  /// The row at a place.
  public subscript(position: Int) -> Value { values[position] }
}

extension DecodedRows: Sendable where Value: Sendable {}
extension DecodedRows.Section: Sendable where Value: Sendable {}
