/// The rows of a table as values of a type, with the sections they were found in.
///
/// It is a collection of the values, in the order of the sheet.
public struct DecodedRows<Value> {
  /// Rows under one title.
  public struct Section {
    /// The title; nil for rows before the first one.
    public let title: String?
    /// The rows, in the order of the sheet.
    public let rows: [Value]
  }

  /// The header of the table.
  public let header: TableHeader
  /// The rows that were passed over, such as totals.
  public internal(set) var skipped: [TableRow] = []
  private var values: [Value] = []
  // Where among the values each section starts: the values themselves are kept once.
  private var starts: [(title: String?, start: Int)] = []

  init(header: TableHeader) { self.header = header }

  mutating func add(_ value: Value) {
    if starts.isEmpty { starts.append((nil, 0)) }
    values.append(value)
  }

  mutating func beginSection(_ title: String) { starts.append((title, values.count)) }

  /// The rows by their section titles; a section without rows is listed too.
  public var sections: [Section] {
    starts.indices.map { index in
      let end = index + 1 < starts.count ? starts[index + 1].start : values.count
      return Section(title: starts[index].title, rows: Array(values[starts[index].start..<end]))
    }
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
