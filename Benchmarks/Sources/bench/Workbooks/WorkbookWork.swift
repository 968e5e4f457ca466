import HarnessWorkbooks

/// One piece of work with workbooks, done in a process of its own, so that its CPU time and its memory are
/// its own.
enum WorkbookWork: String, CaseIterable {
  /// Every row lent in turn, every number and text of it looked at.
  case stream
  /// The whole sheet, every value of it made.
  case sheet
  /// Rows as values of a `Decodable` type.
  case decode
  /// Rows as values of a type, by key paths.
  case columns
  /// A workbook of 100,000 rows of 10 cells, half of them texts, written to a file.
  case write

  /// Does the work with a file, and gives the count of rows or cells that it saw.
  func run(_ path: String) throws -> Int {
    switch self {
    case .stream: try Self.stream(path)
    case .sheet: try Self.sheet(path)
    case .decode, .columns, .write: 0
    }
  }

  private static func stream(_ path: String) throws -> Int {
    var seen = 0
    var sum = 0.0
    try Workbook(path: path).forEachRow(of: "Data") { row in
      for index in 0..<row.count {
        if let number = row.number(index) {
          sum += number
        } else if let bytes = row.withText(index, { $0.count }) {
          sum += Double(bytes)
        }
      }
      seen += row.count
      return .next
    }
    return sum.isFinite ? seen : 0
  }

  private static func sheet(_ path: String) throws -> Int {
    let sheet = try Workbook(path: path).sheet("Data")
    var seen = 0
    for row in sheet.rows {
      for cell in row where cell.value != .empty { seen += 1 }
    }
    return seen
  }
}
