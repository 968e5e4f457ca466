import Foundation
import HarnessWorkbooks
import Testing

@Suite struct `What Excel allows` {
  static let sheetNames = [
    " ", "\u{301}", "it's", "History 2", "a'b", String(repeating: "😀", count: 15) + "x", "سهم",
    "=x",
    "\u{600} ", "_x0041_",
  ]
  static let tableNames = [
    "_x", "T\u{301}", "é", "Total1", "A1B", "Rx", "RCx", "R_1", "C16385x", "R1048577x", "XFE1",
    "T.1",
    "سهم", "True_1", "ABCD1", "\\x",
  ]
  /// Texts that Swift's characters do not show as they are.
  static let texts = [
    "\u{600} ", "\u{600}\n", " \u{600}", "\u{605}\t", " ", "\u{A0}x", "x\u{2028}", "\u{301} ",
    " \u{301}",
    "\r", "\u{85}", "\u{FEFF}x", "\u{FFFD}",
  ]

  static func workbook(_ texts: WorkbookWriter.Texts) throws -> [UInt8] {
    var workbook = WorkbookWriter(texts: texts)
    for name in sheetNames { try workbook.addSheet(name) { try $0.append(["x"]) } }
    try workbook.addSheet("Texts") { sheet in
      for text in Self.texts {
        try sheet.append([.text(text), .formula("A1", value: .text(text))])
      }
    }
    try workbook.addSheet("Tables") { sheet in
      for (index, name) in tableNames.enumerated() {
        try sheet.append([.text("h\(index)")])
        try sheet.append([1])
        try sheet.append([])
        try sheet.addTable(
          name,
          CellRange(
            CellReference(column: 1, row: index * 3 + 1)!,
            CellReference(column: 1, row: index * 3 + 2)!))
      }
    }
    return try workbook.bytes()
  }

  @Test(arguments: [WorkbookWriter.Texts.shared, .inline])
  func `is read back`(texts: WorkbookWriter.Texts) throws {
    let workbook = try Workbook(bytes: Self.workbook(texts))
    #expect(
      workbook.sheets.map { Array($0.name.utf8) }.starts(
        with: Self.sheetNames.map { Array($0.utf8) }))
    let sheet = try workbook.sheet("Texts")
    for (index, text) in Self.texts.enumerated() {
      for column in 1...2 {
        let cell = sheet[CellReference(column: column, row: index + 1)!]
        #expect(cell.text.map { Array($0.utf8) } == Array(text.utf8))
      }
    }
    #expect(try workbook.sheet("Tables").tables.map(\.name) == Self.tableNames)
  }

  @Test func `is as long as it may be`() throws {
    let text = String(repeating: "é", count: 32_767)
    let formula = String(repeating: "A", count: 8192)
    let format = String(repeating: "0", count: 254)
    var workbook = WorkbookWriter()
    try workbook.addSheet("S") { sheet in
      try sheet.append([
        .text(text), .formula(formula, value: .number(1)), .number(1, format: format),
      ])
      try sheet.set(1, at: CellReference("XFD1048576")!)
      try sheet.setWidth(255, ofColumn: 16_384)
      try sheet.setWidth(-0.0, ofColumn: 1)
    }
    let sheet = try Workbook(bytes: workbook.bytes()).sheet("S")
    #expect(try sheet["A1"].text == text)
    #expect(try sheet["B1"].formula?.text == formula)
    #expect(try sheet["C1"].formatCode == format)
  }

  @Test(arguments: [
    "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA", "#SPILL!",
    "#CALC!", "#PYTHON!",
  ])
  func `is an error that it has`(code: String) throws {
    var workbook = WorkbookWriter()
    try workbook.addSheet("S") { try $0.append([CellContent(.error(CellError(code)))]) }
    #expect(try Workbook(bytes: workbook.bytes()).sheet("S")["A1"].error?.code == code)
  }
}
