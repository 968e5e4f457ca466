import HarnessWorkbooks
import Testing

@Suite struct `Written workbooks` {
  private static func example(
    _ compression: WorkbookWriter.Compression = .none, epoch: DateEpoch = .year1900
  ) throws -> [UInt8] {
    var workbook = WorkbookWriter(epoch: epoch, compression: compression)
    try workbook.addSheet("Bullient  ") { sheet throws(WorkbookError) in
      try sheet.append(["A < B & \"C\" > 'D'", 4.56, 312, true, false])
      try sheet.append([])
      try sheet.append([
        .date(SheetDate("2025-06-24")!, format: "yyyy/mm/dd"), .number(0.1, format: "0.000"),
        CellContent(.time(SheetTime("13:45:22")!)), CellContent(.duration(.seconds(100_000))),
        CellContent(.error(.notAvailable)),
      ])
      try sheet.append([
        .formula("SUM(B1:C1)", value: .number(316.56)), .formula("A1&\"!\"", value: .text("x!")),
      ])
      try sheet.append([" edges\n", "_x0041_", "bell \u{7} cr \r", "e\u{301}", "\u{E9}", "😀"])
      try sheet.merge(CellRange("A1:C2")!)
      try sheet.setWidth(32.5, ofColumn: 1)
    }
    try workbook.addSheet("Hidden", visibility: .hidden) { sheet throws(WorkbookError) in
      try sheet.set("far", at: CellReference("XFD1048576")!)
    }
    try workbook.addSheet("Empty", visibility: .veryHidden) { _ in }
    return try workbook.bytes()
  }

  @Test(arguments: [WorkbookWriter.Compression.none, .deflate], [DateEpoch.year1900, .year1904])
  func `read back as they were meant`(
    compression: WorkbookWriter.Compression, epoch: DateEpoch
  ) throws {
    let workbook = try Workbook(bytes: Self.example(compression, epoch: epoch))
    #expect(workbook.sheets.map(\.name) == ["Bullient  ", "Hidden", "Empty"])
    #expect(workbook.sheets.map(\.visibility) == [.visible, .hidden, .veryHidden])
    #expect(workbook.epoch == epoch)
    let sheet = try workbook.sheet("Bullient  ")
    #expect(
      sheet.rows.map { $0.map { "\($0.reference) \($0.value)" } } == [
        ["A1 \"A < B & \"C\" > 'D'\"", "B1 4.56", "C1 312", "D1 TRUE", "E1 FALSE"],
        ["A3 2025-06-24", "B3 0.1", "C3 13:45:22", "D3 27:46:40", "E3 #N/A"],
        ["A4 316.56", "B4 \"x!\""],
        [
          "A5 \" edges\\n\"", "B5 \"_x0041_\"", "C5 \"bell \\u{7} cr \\r\"", "D5 \"e\u{301}\"",
          "E5 \"\u{E9}\"", "F5 \"😀\"",
        ],
      ])
    #expect(try sheet["A5"].text == " edges\n")
    #expect(try sheet["C5"].text == "bell \u{7} cr \r")
    #expect(try sheet["D5"].rawText.utf8.count == 3)
    #expect(try sheet["E5"].rawText.utf8.count == 2)
    #expect(try sheet["A4"].formula?.text == "SUM(B1:C1)")
    #expect(try sheet["A3"].formatCode == "yyyy/mm/dd")
    #expect(sheet.merges == [CellRange("A1:C2")!])
    #expect(try workbook.sheet("Hidden")["XFD1048576"].text == "far")
    #expect(try workbook.sheet("Empty").usedRange == nil)
  }

  @Test(arguments: [
    "_x0041\u{B}", "_x0041_x0041\u{B}", "_x005F_", "__x0041_", "_\u{1}", "_x004\u{1}",
  ])
  func `keep texts that look like escapes`(text: String) throws {
    var workbook = WorkbookWriter()
    try workbook.addSheet("s") { sheet throws(WorkbookError) in try sheet.append([.text(text)]) }
    #expect(try Workbook(bytes: workbook.bytes()).sheet("s")["A1"].text == text)
  }

  @Test(arguments: [(DateEpoch.year1900, "1900-01-01"), (.year1904, "1904-01-01")])
  func `keep the first day of their epoch`(epoch: DateEpoch, day: String) throws {
    var workbook = WorkbookWriter(epoch: epoch)
    try workbook.addSheet("s") { sheet throws(WorkbookError) in
      try sheet.append([.date(SheetDate(day)!)])
    }
    #expect(try Workbook(bytes: workbook.bytes()).sheet("s")["A1"].date == SheetDate(day))
  }

  @Test func `are the same bytes every time`() throws {
    #expect(try Self.example() == Self.example())
    #expect(try Self.example(.deflate) == Self.example(.deflate))
    #expect(try Self.example(.deflate).count < Self.example().count)
  }

  @Test(arguments: [
    "", "a/b", "[x]", "'quoted'", String(repeating: "x", count: 32), "Prices", "PRICES",
  ])
  func `have names that Excel allows`(name: String) throws {
    var workbook = WorkbookWriter()
    try workbook.addSheet("prices") { _ in }
    let error = #expect(throws: WorkbookError.self) { try workbook.addSheet(name) { _ in } }
    #expect(error?.kind == .unwritable)
  }

  @Test func `hold nothing that would not be read back`() throws {
    var workbook = WorkbookWriter()
    try workbook.addSheet("s") { sheet throws(WorkbookError) in
      #expect(throws: WorkbookError.self) { try sheet.append([.number(.infinity)]) }
      #expect(throws: WorkbookError.self) {
        try sheet.append([.text(String(repeating: "x", count: 32_768))])
      }
      #expect(throws: WorkbookError.self) { try sheet.merge(CellRange("A1")!) }
      try sheet.merge(CellRange("A1:B2")!)
      let error = #expect(throws: WorkbookError.self) { try sheet.merge(CellRange("B2:C3")!) }
      #expect(error?.description == "sheet \"s\": the merged ranges A1:B2 and B2:C3 overlap")
    }
    #expect(throws: WorkbookError.self) { try WorkbookWriter().bytes() }
    var early = WorkbookWriter(epoch: .year1904)
    try early.addSheet("s") { sheet throws(WorkbookError) in
      try sheet.append([.date(SheetDate("1903-12-31")!)])
    }
    let error = #expect(throws: WorkbookError.self) { try early.bytes() }
    #expect(
      error?.description
        == "sheet \"s\", cell A1: 1903-12-31 lies before the first day of the workbook")
  }
}
