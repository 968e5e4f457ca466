import HarnessWorkbooks
import Testing

@Suite struct `Merged ranges of a sheet that is written` {
  @Test(arguments: [
    ("A1:B2", "B2:C3"), ("A1:A40", "A40:A41"), ("A40:B40", "B1:B50"), ("A1:A100", "A100:A300"),
    ("C5:D5", "D5:E5"),
  ])
  func `do not overlap`(one: String, other: String) throws {
    var workbook = WorkbookWriter()
    try workbook.addSheet("S") { sheet in
      try sheet.merge(CellRange("Z1:Z500")!)
      try sheet.merge(CellRange("Y1:Y2")!)
      try sheet.merge(CellRange(one)!)
      let error = #expect(throws: WorkbookError.self) { try sheet.merge(CellRange(other)!) }
      #expect(error?.reason == "the merged ranges \(one) and \(other) overlap")
      #expect(throws: WorkbookError.self) { try sheet.merge(CellRange("X500:Z510")!) }
    }
  }

  @Test(.timeLimit(.minutes(15)))
  func `may be as many as there are rows`() throws {
    var workbook = WorkbookWriter()
    try workbook.addSheet("S") { sheet in
      for row in 1...30_000 {
        try sheet.merge(
          CellRange(CellReference(column: 1, row: row)!, CellReference(column: 2, row: row)!))
      }
    }
    #expect(try Workbook(bytes: workbook.bytes()).sheet("S").merges.count == 30_000)
  }
}
