import Foundation
import HarnessWorkbooks
import Testing

@Suite struct `Rows by key paths` {
  private enum Board: String, CellReadable { case regular, second }

  private struct Price: Equatable, Sendable {
    var code = ""
    var close = Decimal()
    var trades: Int?
    var board = Board.regular
    var day = SheetDate("2000-01-01")!
    var isOpen = false
    var letters: Int = 0
    var doubled: Double = 0
    // Not stored: set by its key path.
    var closeText: String {
      get { "\(close)" }
      set { close = Decimal(string: newValue) ?? close }
    }
  }

  private static let columns = Columns(Price()) {
    $0.column("Code", \.code)
    $0.column("Close", \.close)
    $0.column("Trades", \.trades)
    $0.column("Board", \.board)
    $0.column("Day", \.day)
    $0.column("Open", \.isOpen)
    $0.column("Code", \.letters) { $0.text?.count }
    $0.column("Close", \.doubled)
  }

  private static func workbook(_ rows: [[CellContent]]) throws -> Workbook {
    var writer = WorkbookWriter()
    try writer.addSheet("Prices") { sheet throws(WorkbookError) in
      for row in rows { try sheet.append(row) }
    }
    return try Workbook(bytes: writer.bytes(), name: "prices.xlsx")
  }

  private static let header: [CellContent] = ["Code", "Close", "Trades", "Board", "Day", "Open"]
  private static let day = SheetDate("2025-06-24")!

  @Test func `are the values that their columns say`() throws {
    let workbook = try Self.workbook([
      ["Daily prices"], Self.header, [" BBOB ", 1.45, 349, "second", .date(Self.day), true], [],
      ["BIME", "1,234.50", .empty, "regular", "2025-06-24", 0],
    ])
    let header = HeaderSearch.search(["Code", "Close"])
    let expected = [
      Price(
        code: "BBOB", close: Decimal(string: "1.45")!, trades: 349, board: .second, day: Self.day,
        isOpen: true, letters: 6, doubled: 1.45),
      Price(
        code: "BIME", close: Decimal(string: "1234.5")!, trades: nil, day: Self.day, letters: 4,
        doubled: 1234.5),
    ]
    #expect(try Array(workbook.sheet("Prices").decode(Self.columns, header: header)) == expected)
    #expect(try Array(workbook.decode(Self.columns, of: "Prices", header: header)) == expected)
  }

  @Test func `tell all their bad cells in one error`() throws {
    let workbook = try Self.workbook([
      Self.header, ["BBOB", "n/a", 1.5, "third", 12, 3],
      ["BIME", 1.45, "x", "second", .date(Self.day), false],
    ])
    let error = #expect(throws: WorkbookError.self) {
      try workbook.decode(Self.columns, of: "Prices")
    }
    #expect(
      error?.description == """
        prices.xlsx, sheet "Prices": 7 cells cannot be read as Price
          B2  Close: "n/a" is not Decimal
          C2  Trades: 1.5 is not Int
          D2  Board: "third" is not Board
          E2  Day: 12 is not SheetDate
          F2  Open: 3 is not Bool
          B2  Close: "n/a" is not Double
          C3  Trades: "x" is not Int
        """)
    let same = #expect(throws: WorkbookError.self) {
      try workbook.sheet("Prices").decode(Self.columns)
    }
    #expect(same == error)
  }

  @Test func `tell which columns the header lacks, but for those of optional properties`() throws {
    let workbook = try Self.workbook([["Code", "Last"], ["BBOB", 1.45]])
    let error = #expect(throws: WorkbookError.self) {
      try workbook.decode(Self.columns, of: "Prices")
    }
    #expect(error?.kind == .missingColumns)
    #expect(
      error?.reason
        == "the header in row 1 lacks \"Close\", \"Board\", \"Day\", \"Open\"; it has \"Code\", \"Last\""
    )
  }

  @Test func `tell to search where the first row has none of the names`() throws {
    let workbook = try Self.workbook([["Daily prices"], ["Code"], ["BBOB"]])
    let error = #expect(throws: WorkbookError.self) {
      try workbook.decode(Self.columns, of: "Prices")
    }
    #expect(
      error?.description.hasSuffix(
        "\n  try  `header: .search([\"Code\", \"Close\"])`, if these names are in a later row")
        == true)
  }

  @Test func `set properties that are not stored`() throws {
    let workbook = try Self.workbook([["Close"], ["7.25"]])
    let columns = Columns(Price()) { $0.column("Close", \.closeText) }
    #expect(try workbook.decode(columns, of: "Prices").map(\.close) == [Decimal(string: "7.25")!])
  }
}

@Suite struct `Tables and merged cells` {
  private struct Line: Decodable, Equatable {
    var sector: String
    var code: String
    var close: Double
  }

  private static func sheet(_ fill: (inout SheetWriter) throws(WorkbookError) -> Void) throws
    -> Sheet
  {
    var writer = WorkbookWriter()
    try writer.addSheet("Prices", fill: fill)
    return try Workbook(bytes: writer.bytes(), name: "prices.xlsx").sheet("Prices")
  }

  @Test func `are read by the name of the table, without its totals`() throws {
    let sheet = try Self.sheet { sheet throws(WorkbookError) in
      try sheet.append(["Sector", "Code", "Close", "Note"])
      try sheet.append(["Banking", "BBOB", 1.45])
      try sheet.append(["Banking", "BIME", 0.5])
      try sheet.append(["Total", .empty, 1.95])
      try sheet.append(["not of the table"])
      try sheet.addTable("Prices_1", CellRange("A1:C4")!, hasTotals: true)
    }
    let table = try #require(sheet.tables.first)
    #expect(table.range == CellRange("A1:C4")!)
    #expect(table.columns == ["Sector", "Code", "Close"])
    #expect(table.headerRows == 1)
    #expect(table.totalsRows == 1)
    #expect(try sheet.decode(Line.self, table: "prices_1").map(\.code) == ["BBOB", "BIME"])
    let error = #expect(throws: WorkbookError.self) { try sheet.decode(Line.self, table: "x") }
    #expect(
      error?.description
        == "prices.xlsx, sheet \"Prices\": there is no table \"x\"; the sheet has \"Prices_1\"")
  }

  @Test func `fill the cells of merged ranges where that is asked for`() throws {
    let sheet = try Self.sheet { sheet throws(WorkbookError) in
      try sheet.append(["Sector", "Price", .empty])
      try sheet.append([.empty, "Code", "Close"])
      try sheet.append(["Banking", "BBOB", 1.45])
      try sheet.append([.empty, "BIME", 0.5])
      for range in ["A1:A2", "B1:C1", "A3:A4"] { try sheet.merge(CellRange(range)!) }
    }
    #expect(sheet.filled(CellReference("A4")!).text == "Banking")
    #expect(sheet.filled(CellReference("B4")!).text == "BIME")
    let header = HeaderSearch.search(["Sector", "Code", "Close"])
    let rows = try sheet.decode(Line.self, header: header.fillingMerged())
    #expect(
      Array(rows) == [
        Line(sector: "Banking", code: "BBOB", close: 1.45),
        Line(sector: "Banking", code: "BIME", close: 0.5),
      ])
    #expect(throws: WorkbookError.self) { try sheet.decode(Line.self, header: header) }
  }
}
