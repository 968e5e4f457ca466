import Foundation
import HarnessWorkbooks
import Testing

@Suite struct `Workbooks written row by row` {
  private static let rows: [[CellContent]] =
    [["Code", "Close"]] + (0..<3_000).map { [.text("code \($0 % 9)"), .number(Double($0) / 8)] }

  private static func inFile(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "harness-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.appending(path: "written.xlsx").path)
  }

  @Test(
    arguments: [WorkbookWriter.Compression.none, .deflate], [WorkbookWriter.Texts.shared, .inline])
  func `have the bytes of those written at once`(
    compression: WorkbookWriter.Compression, texts: WorkbookWriter.Texts
  ) throws {
    var whole = WorkbookWriter(compression: compression, texts: texts)
    try whole.addSheet("Prices") { sheet throws(WorkbookError) in
      for row in Self.rows { try sheet.append(row) }
      try sheet.setWidth(20, ofColumn: 1)
      try sheet.addTable("Prices_1", CellRange("A1:B10")!)
      try sheet.merge(CellRange("D1:E2")!)
    }
    try whole.addSheet("Notes", visibility: .hidden) { sheet throws(WorkbookError) in
      try sheet.append(["a & b", " edge "])
    }
    try Self.inFile { path in
      var stream = try WorkbookStreamWriter(path: path, compression: compression, texts: texts)
      try stream.addSheet("Prices", widths: [1: 20]) { sheet in
        for row in Self.rows { try sheet.append(row) }
        #expect(sheet.nextRow == 3_002)
        try sheet.addTable("Prices_1", CellRange("A1:B10")!, columns: ["Code", "Close"])
        try sheet.merge(CellRange("D1:E2")!)
      }
      try stream.addSheet("Notes", visibility: .hidden) { try $0.append(["a & b", " edge "]) }
      try stream.finish()
      let written = [UInt8](try Data(contentsOf: URL(filePath: path)))
      #expect(try written == whole.bytes())
      let workbook = try Workbook(path: path)
      #expect(try workbook.sheet("Notes")["B1"].text == " edge ")
      #expect(try workbook.sheet("Prices")["B3001"].number == 374.875)
    }
  }

  @Test func `refuse what Excel would not read back`() throws {
    try Self.inFile { path in
      var workbook = try WorkbookStreamWriter(path: path)
      try workbook.addSheet("s") { sheet in
        let error = #expect(throws: WorkbookError.self) { try sheet.append([1, .number(.nan)]) }
        #expect(error?.description == "sheet \"s\", cell B1: nan is no number that a cell can hold")
        #expect(throws: WorkbookError.self) {
          try sheet.addTable("A1", CellRange("A1:A2")!, columns: ["x"])
        }
        #expect(throws: WorkbookError.self) {
          try sheet.addTable("T", CellRange("A1:B2")!, columns: ["x"])
        }
        #expect(throws: WorkbookError.self) {
          try sheet.addTable("T", CellRange("A1:B2")!, columns: ["x", "X"])
        }
      }
      #expect(throws: WorkbookError.self) { try workbook.addSheet("S") { _ in } }
      try workbook.addSheet("t") { sheet in
        let date = SheetDate("1899-12-31")!
        let error = #expect(throws: WorkbookError.self) { try sheet.append([.date(date)]) }
        #expect(
          error?.description
            == "sheet \"t\", cell A1: 1899-12-31 lies before the first day of the workbook")
      }
    }
    let error = #expect(throws: WorkbookError.self) {
      _ = try WorkbookStreamWriter(path: "/nowhere/at/all.xlsx")
    }
    #expect(error?.reason == "/nowhere/at/all.xlsx cannot be written: No such file or directory")
  }
}
