import Fixtures
import Foundation

/// What the failing suites of workbooks do in both frameworks.
enum WorkbookScenarios {
  struct Listing: Decodable {
    var code: String
    var close: Decimal
    var trades: Int?

    enum CodingKeys: String, CodingKey {
      case code = "Code"
      case close = "Closing Price"
      case trades = "Trades"
    }
  }

  static func readRows() throws {
    let rows: [[CellContent]] = [
      ["Bulletin"], ["Code", "Closing Price", "Trades"], ["BBOB", "n/a", 7],
      ["", 1.45, CellContent(.error(.notAvailable))], ["TASC", "1,5", 2.5], ["BMNS", "1,234.5", 3],
    ]
    _ = try sheet(rows).decode(Listing.self, header: .search(["Code", "Closing Price"]))
  }

  static func readColumns() throws {
    _ = try sheet([["Code", "Close"], ["BBOB", 1.45]]).decode(Listing.self)
  }

  static func findHeader() throws {
    let rows: [[CellContent]] = [["Bulletin"], ["Code", "Close"], ["BBOB", 1.45]]
    _ = try sheet(rows).decode(Listing.self, header: .search(["Code", "Closing Price"]))
  }

  static func readDamage() throws {
    var bytes = try prices(close: 1.45).bytes
    bytes = try WorkbookMutator(bytes).mutated(.badNumber)
    _ = try Workbook(bytes: bytes, name: "prices.xlsx").sheet("Prices")
  }

  static func prices(close: Double) throws -> Workbook {
    var writer = WorkbookWriter()
    try writer.addSheet("Prices") { sheet throws(WorkbookError) in
      try sheet.append(["Code", .number(close)])
    }
    return try Workbook(bytes: writer.bytes())
  }

  /// No number is below itself.
  static let impossible = Generator.int(in: 0...9).filter { $0 < 0 }

  private static func sheet(_ rows: [[CellContent]]) throws -> Sheet {
    var writer = WorkbookWriter()
    try writer.addSheet("Bullient  ") { sheet throws(WorkbookError) in
      for row in rows { try sheet.append(row) }
    }
    return try Workbook(bytes: writer.bytes(), name: "report.xlsx").sheet(at: 0)
  }
}
