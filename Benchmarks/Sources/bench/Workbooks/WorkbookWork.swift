import HarnessWorkbooks

/// One piece of work with workbooks, done in a process of its own, so that its CPU time and its memory are
/// its own.
enum WorkbookWork: String, CaseIterable {
  /// Every row lent in turn, every number and text of it looked at.
  case stream
  /// The same, inflated on a second thread ahead of the reading.
  case ahead
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
    case .stream: try Self.stream(path, [])
    case .ahead: try Self.stream(path, .inflatingAhead)
    case .sheet: try Self.sheet(path)
    case .decode: try Self.decode(path)
    case .columns: try Self.columns(path)
    case .write: try Self.write(path)
    }
  }

  private static func stream(_ path: String, _ options: ReadingOptions) throws -> Int {
    var seen = 0
    var sum = 0.0
    try Workbook(path: path, options: options).forEachRow(of: "Data") { row in
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

  /// A row of the workbook `mixed`.
  private struct Listing: Decodable {
    // Not parsed for each row: what a property begins with is made for each value.
    private static let someDay = SheetDate("2000-01-01")!

    var company = ""
    var code = ""
    var sector = ""
    var day = Self.someDay
    var open = 0.0
    var close = 0.0
    var average = 0.0
    var change = 0.0
    var trades = 0
    var volume = 0

    enum CodingKeys: String, CodingKey {
      case company = "Company"
      case code = "Code"
      case sector = "Sector"
      case day = "Day"
      case open = "Open"
      case close = "Close"
      case average = "Average"
      case change = "Change"
      case trades = "Trades"
      case volume = "Volume"
    }
  }

  private static func decode(_ path: String) throws -> Int {
    try Workbook(path: path).decode(Listing.self, of: "Data").count
  }

  private static func columns(_ path: String) throws -> Int {
    let columns = Columns(Listing()) {
      $0.column("Company", \.company)
      $0.column("Code", \.code)
      $0.column("Sector", \.sector)
      $0.column("Day", \.day)
      $0.column("Open", \.open)
      $0.column("Close", \.close)
      $0.column("Average", \.average)
      $0.column("Change", \.change)
      $0.column("Trades", \.trades)
      $0.column("Volume", \.volume)
    }
    return try Workbook(path: path).decode(columns, of: "Data").count
  }

  private static func write(_ path: String) throws -> Int {
    var workbook = try WorkbookStreamWriter(path: path)
    let rows = 100_000
    try workbook.addSheet("Data") { sheet in
      for row in 0..<rows {
        try sheet.append(
          (0..<10).map { column in
            column.isMultiple(of: 2)
              ? .number(Double(row * 10 + column) * 0.25) : .text("text \(row % 1000) \(column)")
          })
      }
    }
    try workbook.finish()
    return rows
  }
}
