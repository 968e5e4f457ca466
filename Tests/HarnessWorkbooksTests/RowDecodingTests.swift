import Foundation
import HarnessWorkbooks
import Testing

@testable import func HarnessWorkbooks.plainDigits
@testable import func HarnessWorkbooks.roundedDigits

@Suite struct `Rows of a table` {
  private struct Price: Decodable, Equatable {
    enum Board: String, Decodable { case regular, second }
    var code: String
    var close: Decimal
    var trades: Int
    var board: Board?
    var note: String?
  }

  private static func sheet(
    _ rows: [[CellContent]], merge: String? = nil
  ) throws -> Sheet {
    var writer = WorkbookWriter()
    try writer.addSheet("Prices") { sheet throws(WorkbookError) in
      for row in rows { try sheet.append(row) }
    }
    return try Workbook(bytes: writer.bytes(), name: "prices.xlsx").sheet("Prices")
  }

  @Test func `are found below a header that matches but for blanks and case`() throws {
    let sheet = try Self.sheet([
      ["Daily prices"], [], ["", " CODE ", "Close\n", "trades", "Board"],
      ["", " BBOB ", 1.45, 349, "second"], [], ["", "BIME", "1,234.50", "12", ""],
    ])
    let prices = try sheet.decode(Price.self, header: .search(["code", "close"]))
    #expect(
      Array(prices) == [
        Price(code: "BBOB", close: Decimal(string: "1.45")!, trades: 349, board: .second),
        Price(code: "BIME", close: Decimal(string: "1234.5")!, trades: 12),
      ])
    #expect(prices.header.row == 3)
    #expect(prices.header.names == ["CODE", "Close", "trades", "Board"])
  }

  /// Made of thousandths, which a cell may hold as a text.
  private struct Money: Decodable, CellReadable, Equatable {
    var thousandths: Int

    static func value(of cell: Cell) -> Money? {
      cell.number.map { Money(thousandths: Int($0 * 1000)) }
    }
  }

  @Test func `are read by the rule of a type's own, as columns are`() throws {
    struct Priced: Decodable, Equatable { var close: Money }
    let sheet = try Self.sheet([["Close"], [1.5]])
    #expect(try Array(sheet.decode(Priced.self)) == [Priced(close: Money(thousandths: 1500))])
    let bad = try Self.sheet([["Close"], ["much"]])
    let error = #expect(throws: WorkbookError.self) { try bad.decode(Priced.self) }
    #expect(error?.cells.map { "\($0.reference) \($0.wanted)" } == ["A2 Money"])
  }

  @Test(arguments: [
    CellContent.number(5), .date(SheetDate("2025-06-24")!), .text("2025-06-24"),
  ])
  func `are no moments, for want of a time zone`(cell: CellContent) throws {
    struct Dated: Decodable { var day: Date }
    let sheet = try Self.sheet([["Day"], [cell]])
    let error = #expect(throws: WorkbookError.self) { try sheet.decode(Dated.self) }
    #expect(error?.cells.map(\.wanted) == ["Date"])
    #expect(
      error?.cells.map(\.hint) == [
        "a Date is a moment, and a cell has no time zone: take SheetDate or SheetDateTime"
      ])
  }

  @Test func `tell of a formula whose value the file does not have`() throws {
    struct Total: Decodable {
      var count: Int
      var total: Decimal
    }
    let names = ["count", "total"].map { "<c t=\"inlineStr\"><is><t>\($0)</t></is></c>" }.joined()
    let raw = RawWorkbook(rows: "<row>\(names)</row><row><c><v>2</v></c><c><f>B5*C5</f></c></row>")
    let error = #expect(throws: WorkbookError.self) { try raw.sheet().decode(Total.self) }
    #expect(
      error?.cells.map(\.hint) == [
        "its formula, \"=B5*C5\", has no value in the file: a program that reckons writes one when it saves"
      ])
    #expect("\(error, default: "")".contains("role:") == false)
  }

  private struct Reckoned: Decodable, Equatable {
    var code: String?
    var total: Decimal?
  }

  private struct ReckonedColumns {
    var code: String?
    var total: Decimal?
  }

  // Such a row was passed over as blank, and the property was nil.
  @Test(arguments: ["<c t=\"str\"><v>a</v></c>", "<c/>"])
  func `that hold a formula without a value are no blank ones, nor is the cell nil`(
    first: String
  ) throws {
    let names = ["code", "total"].map { "<c t=\"inlineStr\"><is><t>\($0)</t></is></c>" }.joined()
    let sheet = try RawWorkbook(
      rows: "<row>\(names)</row><row>\(first)<c r=\"B2\"><f>B5*C5</f></c></row>"
    ).sheet()
    #expect(try sheet["B2"].isBlank == false)
    let columns = Columns(ReckonedColumns()) {
      $0.column("code", \.code)
      $0.column("total", \.total)
    }
    let errors = [
      #expect(throws: WorkbookError.self) { try sheet.decode(Reckoned.self) },
      #expect(throws: WorkbookError.self) { try sheet.decode(columns) },
    ]
    for error in errors {
      #expect(error?.cells.map { "\($0.reference) \($0.wanted)" } == ["B2 Decimal"])
      #expect(error?.cells.first?.hint?.contains("has no value in the file") == true)
    }
  }

  @Test func `with an empty text for a value are blank`() throws {
    let names = ["code", "total"].map { "<c t=\"inlineStr\"><is><t>\($0)</t></is></c>" }.joined()
    let sheet = try RawWorkbook(
      rows: "<row>\(names)</row><row><c t=\"str\"><f>IF(1,\"\")</f><v></v></c></row>"
        + "<row><c t=\"str\"><v>a</v></c><c t=\"str\"><f>\"\"</f><v></v></c></row>"
    ).sheet()
    #expect(try sheet.decode(Reckoned.self).map { $0 } == [Reckoned(code: "a", total: nil)])
  }

  @Test func `lose no time where a day is wanted`() throws {
    struct Days: Decodable { var day: SheetDate }
    struct DayColumns { var day = SheetDate("2000-01-01")! }
    let day = SheetDate("2025-06-24")!
    let noon = SheetDateTime(day, SheetTime("12:00")!)
    let sheet = try Self.sheet([
      ["day"], [.date(day)], [CellContent(.date(noon))], ["2025-06-24"], ["2025-06-24T12:00:00"],
    ])
    let columns = Columns(DayColumns()) { $0.column("day", \.day) }
    let errors = [
      #expect(throws: WorkbookError.self) { try sheet.decode(Days.self) },
      #expect(throws: WorkbookError.self) { try sheet.decode(columns) },
    ]
    for error in errors {
      #expect(
        error?.description.split(separator: "\n").dropFirst() == [
          "  A3  day: 2025-06-24T12:00:00 is not SheetDate (it has a time: take SheetDateTime)",
          "  A5  day: \"2025-06-24T12:00:00\" is not SheetDate (it has a time: take SheetDateTime)",
        ])
    }
    let midnight = try Self.sheet([["day"], [CellContent(.date(SheetDateTime(day)))]])
    #expect(try midnight.decode(Days.self).map(\.day) == [day])
  }

  @Test func `may have other names for their columns`() throws {
    let sheet = try Self.sheet([["Code", "Last price", "Trades"], ["BBOB", 1.45, 349]])
    let prices = try sheet.decode(
      Price.self, header: HeaderSearch.firstRow.naming("close", alias: "Final", "Last Price"))
    #expect(prices.map(\.close) == [Decimal(string: "1.45")!])
  }

  @Test func `end where the caller says so`() throws {
    let sheet = try Self.sheet([
      ["Code", "Close", "Trades"], ["BBOB", 1.45, 349], ["Total", .empty, 349],
      ["Notes", .empty, "none"],
    ])
    let prices = try sheet.decode(Price.self) { row in
      switch row["Code"]?.text {
      case "Total": .skip
      case "Notes": .stop
      default: .data
      }
    }
    #expect(prices.map(\.code) == ["BBOB"])
    #expect(prices.skipped.map(\.number) == [3])
  }

  @Test func `tell all their bad cells in one error`() throws {
    let sheet = try Self.sheet([
      ["Code", "Close", "Trades", "Board"],
      ["BBOB", "n/a", 34.5, "third"],
      ["", CellContent(.error(.notAvailable)), "1,5", "regular"],
      ["BIME", 1.45, 349, "regular"],
    ])
    let error = #expect(throws: WorkbookError.self) { try sheet.decode(Price.self) }
    #expect(error?.kind == .badCells)
    #expect(error?.cells.map(\.reference.description) == ["B2", "C2", "D2", "A3", "B3", "C3"])
    #expect(
      error?.description == """
        prices.xlsx, sheet "Prices": 6 cells cannot be read as Price
          B2  Close: "n/a" is not Decimal
          C2  Trades: 34.5 is not Int
          D2  Board: "third" is not Board
          A3  Code: "" is not String (it is blank)
          B3  Close: #N/A is not Decimal
          C3  Trades: "1,5" is not Int (its commas do not part thousands)
          try  say by `role:` which rows are titles or totals, if these are
        """)
  }

  @Test func `are shown in errors on one line each`() throws {
    let long = "line\nfeed \u{202E}turned\u{A0}" + String(repeating: "x", count: 1_000)
    let sheet = try Self.sheet([["Code", "Close", "Trades"], ["BBOB", .text(long), 1]])
    let error = #expect(throws: WorkbookError.self) { try sheet.decode(Price.self) }
    let start = "line\\nfeed \\u{202E}turned\\u{A0}" + String(repeating: "x", count: 82)
    #expect(
      error?.cells.first?.description
        == "B2  Close: \"\(start)… (+918 characters)\" is not Decimal")
    let names = (1...30).map { CellContent.text("Column \($0)") }
    let wide = #expect(throws: WorkbookError.self) {
      try Self.sheet([names]).decode(Price.self, header: .search(["Column 1", "Code"]))
    }
    #expect(wide?.reason.hasSuffix("\"Column 19\", \"Column 20\" and 10 more") == true)
  }

  @Test func `tell which columns the header lacks`() throws {
    let sheet = try Self.sheet([["Code", "Last"], ["BBOB", 1.45]])
    let error = #expect(throws: WorkbookError.self) { try sheet.decode(Price.self) }
    #expect(error?.kind == .missingColumns)
    #expect(
      error?.description
        == "prices.xlsx, sheet \"Prices\": the header in row 1 lacks \"close\", \"trades\"; it has \"Code\", \"Last\""
    )
  }

  @Test func `tell to search where the first row has none of the names`() throws {
    let sheet = try Self.sheet([["Daily prices"], ["Code", "Close", "Trades"], ["BBOB", 1.45, 7]])
    let error = #expect(throws: WorkbookError.self) { try sheet.decode(Price.self) }
    #expect(
      error?.description == """
        prices.xlsx, sheet "Prices": the header in row 1 lacks "code", "close", "trades"; it has "Daily prices"
          try  `header: .search(["code", "close"])`, if these names are in a later row
        """)
    // Who names the row has looked.
    let named = #expect(throws: WorkbookError.self) {
      try sheet.decode(Price.self, header: .row(1))
    }
    #expect(named?.description.contains("try") == false)
  }

  @Test func `tell which row comes nearest to the header`() throws {
    let sheet = try Self.sheet([["Daily prices"], ["Code", "Last"], ["BBOB", 1.45]])
    let error = #expect(throws: WorkbookError.self) {
      try sheet.decode(Price.self, header: .search(["Code", "Close"]))
    }
    #expect(error?.kind == .missingHeader)
    #expect(
      error?.description
        == "prices.xlsx, sheet \"Prices\": no row has the header \"Code\", \"Close\"; row 2 comes nearest and lacks \"Close\": it has \"Code\", \"Last\""
    )
    let other = #expect(throws: WorkbookError.self) {
      try sheet.decode(Price.self, header: .search(["Symbol"]))
    }
    #expect(
      other?.description
        == "prices.xlsx, sheet \"Prices\": none of the first 20 rows has the header \"Symbol\"")
  }

  private struct Everything: Decodable, Equatable {
    var text: String
    var day: SheetDate
    var truth: Bool
    var large: Int64
    var small: UInt8
    var double: Double
  }

  @Test func `convert what a cell holds`() throws {
    let sheet = try Self.sheet([
      ["Text", "Day", "Truth", "Large", "Small", "Double"],
      [7, .date(SheetDate("2025-06-24")!), true, "9223372036854775807", 255, "1e3"],
      [.date(SheetDate("2025-06-24")!), "2025-06-24", "TRUE", 12, "7.0", -0.5],
    ])
    let day = SheetDate("2025-06-24")!
    #expect(
      try Array(sheet.decode(Everything.self)) == [
        Everything(text: "7", day: day, truth: true, large: .max, small: 255, double: 1000),
        Everything(text: "2025-06-24", day: day, truth: true, large: 12, small: 7, double: -0.5),
      ])
  }

  @Test func `have no decimals of more digits than a decimal holds`() throws {
    let digits = "1.0000000000000000000000000000000000000001"
    let sheet = try Self.sheet([
      ["Code", "Close", "Trades"], ["BBOB", .text(digits), .text(digits)],
    ])
    let error = #expect(throws: WorkbookError.self) { try sheet.decode(Price.self) }
    #expect(
      error?.cells.map(\.description) == [
        "B2  Close: \"\(digits)\" is not Decimal (it has more than 38 digits)",
        "C2  Trades: \"\(digits)\" is not Int (it has more than 38 digits)",
      ])
    let padded = try Self.sheet([
      ["Code", "Close", "Trades"], ["BBOB", .text("1.5" + String(repeating: "0", count: 40)), 1],
    ])
    #expect(try padded.decode(Price.self)[0].close == Decimal(string: "1.5")!)
  }

  @Test func `show the least whole number there is`() throws {
    let sheet = try RawWorkbook(
      rows: """
        <row><c t="str"><v>text</v></c></row><row><c><v>-9223372036854775808</v></c></row>
        """
    ).sheet()
    #expect(try sheet["A2"].value.description == "-9.223372036854776e+18")
    #expect(
      try sheet.decode([String: String].self).map { $0 } == [["text": "-9.223372036854776e+18"]])
  }

  @Test(arguments: [
    ("9232805278.200001", "9232805278.20000"), ("0.6850000000000001", "0.685000000000000"),
    ("31906445420.149994", "31906445420.1500"), ("8.518000000000001", "8.51800000000000"),
    ("99999999999999999", "100000000000000000"), ("9.9999999999999999e-5", "10.00000000000000e-5"),
    ("123456789012345678", "123456789012346000"),
    ("-0.00012345678901234567", "-0.000123456789012346"),
    ("4.56", "4.56"), ("0", "0"), ("0.0000", "0.0000"),
  ])
  func `have decimals of fifteen digits`(number: String, rounded: String) {
    #expect(roundedDigits(number, to: 15) == rounded)
  }

  @Test(arguments: [
    ("1,234", "1234"), ("-1,234,567.89", "-1234567.89"), ("12", "12"), ("1,23", nil),
    ("1234,567", nil), (",123", nil), ("1,234.5,6", nil), ("1.234,5", nil), ("", nil), ("1,", nil),
    ("0x1F", nil), ("nan", nil), ("1 234", nil), ("0,123", nil), ("-0,123", nil), ("010,000", nil),
  ])
  func `have numbers with commas between thousands`(text: String, digits: String?) {
    #expect(plainDigits(text) == digits)
  }
}
