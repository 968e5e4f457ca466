import Foundation
import HarnessWorkbooks
import Testing

@Suite struct `What Excel would refuse` {
  /// Something that is not written, and the text that says why.
  struct Refused: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let error: String
    let write: @Sendable (inout WorkbookWriter) throws -> Void

    init(
      _ what: String, _ error: String,
      _ write: @escaping @Sendable (inout WorkbookWriter) throws -> Void
    ) {
      testDescription = what
      self.error = error
      self.write = write
    }

    static func cell(_ what: String, _ content: CellContent, _ error: String) -> Refused {
      Refused(what, "sheet \"S\", cell A1: \(error)") { workbook in
        try workbook.addSheet("S") { try $0.append([content]) }
      }
    }

    static func sheet(_ name: String, _ error: String) -> Refused {
      Refused("sheet name", "Excel does not allow the sheet name \(error)") {
        try $0.addSheet(name) { _ in }
      }
    }

    static func table(_ name: String, _ error: String) -> Refused {
      let source = "(MS-XLSB, section 2.5.166)"
      return Refused(
        "table name", "sheet \"S\": Excel does not allow the table name \(error) \(source)"
      ) {
        try $0.addSheet("S") { sheet in
          try sheet.append(["h"])
          try sheet.addTable(name, CellRange("A1:A2")!)
        }
      }
    }

    static func format(_ code: String, _ error: String) -> Refused {
      cell(
        "number format", .number(1, format: code),
        "Excel does not allow the number format \(error) (MS-OI29500, section 2.1.712)")
    }
  }

  private static let limits = "(MS-OI29500, section 2.1.578)"
  private static let support = "(Microsoft Support, \"Rename a worksheet\")"

  static let names: [Refused] = [
    .sheet("", "\"\": it is empty \(limits)"),
    .sheet(
      String(repeating: "😀", count: 16),
      "\"\(String(repeating: "😀", count: 16))\": it has 32 UTF-16 units, and 31 is the most \(limits)"
    ),
    .sheet("a/\u{301}b", "\"a/\u{301}b\": \"/\" belongs to references \(limits)"),
    .sheet("[\u{301}", "\"[\u{301}\": \"[\" belongs to references \(limits)"),
    .sheet(
      "a\u{0}b",
      "\"a\\u{0}b\": U+0000 is no character of a name (XML 1.0, section 2.2, and MS-OI29500, section 2.1.578)"
    ),
    .sheet(
      "a\nb",
      "\"a\\nb\": U+000A is no character of a name (XML 1.0, section 2.2, and MS-OI29500, section 2.1.578)"
    ),
    .sheet(
      "a\u{FFFF}",
      "\"a\u{FFFF}\": U+FFFF is no character of a name (XML 1.0, section 2.2, and MS-OI29500, section 2.1.578)"
    ),
    .sheet("'\u{301}x", "\"'\u{301}x\": an apostrophe stands at its edge \(support)"),
    .sheet("x'", "\"x'\": an apostrophe stands at its edge \(support)"),
    .sheet("hISTORY", "\"hISTORY\": Excel keeps it for itself \(support)"),
    Refused(
      "sheet name in another case",
      "there already is a sheet \"PRICES\", in whatever case (MS-OI29500, section 2.1.578)"
    ) {
      try $0.addSheet("Prices") { _ in }
      try $0.addSheet("PRICES") { _ in }
    },
    .table("", "\"\": it is empty"),
    .table(
      String(repeating: "x", count: 256),
      "\"\(String(repeating: "x", count: 100))… (+156 characters)\": it has 256 UTF-16 units, and 255 is the most"
    ),
    .table("1x", "\"1x\": it begins with neither a letter nor an underscore"),
    .table("\u{301}", "\"\u{301}\": it begins with neither a letter nor an underscore"),
    .table("½", "\"½\": it begins with neither a letter nor an underscore"),
    .table("a b", "\"a b\": \" \" is neither letter, digit, underscore nor point"),
    .table("a\u{0}", "\"a\\u{0}\": \"\\u{0}\" is neither letter, digit, underscore nor point"),
    .table("TRUE", "\"TRUE\": it is a truth value"),
    .table("A1", "\"A1\": it is a reference to a cell"),
    .table("xfd1048576", "\"xfd1048576\": it is a reference to a cell"),
    .table("B\u{661}", "\"B\u{661}\": it is a reference to a cell"),
    .table("R", "\"R\": it reads as a row or a column in the notation R1C1"),
    .table("c", "\"c\": it reads as a row or a column in the notation R1C1"),
    .table("Rc", "\"Rc\": it reads as a row or a column in the notation R1C1"),
    .table("R1C1", "\"R1C1\": it reads as a row or a column in the notation R1C1"),
    .table("r1048576_x", "\"r1048576_x\": it reads as a row or a column in the notation R1C1"),
    .table("C3PO", "\"C3PO\": it reads as a row or a column in the notation R1C1"),
    .table("_xlnm.Sales", "\"_xlnm.Sales\": Excel keeps names that begin so for itself"),
  ]

  static let contents: [Refused] = [
    .cell(
      "long text", .text(String(repeating: "é", count: 32_768)),
      "a text of 32768 UTF-16 units is longer than 32767 (Microsoft Support, \"Excel specifications and limits\")"
    ),
    .cell(
      "long formula", CellContent(.number(1), formula: String(repeating: "A", count: 8193)),
      "a formula of 8193 UTF-16 units is longer than 8192 (MS-OI29500, section 2.1.1085)"),
    .cell(
      "empty formula", .formula("=", value: .number(1)),
      "the formula is empty; a cell without a formula has nil (ECMA-376, part 1, section 18.17)"),
    .cell(
      "formula with =", CellContent(.number(1), formula: "=A1"),
      "the formula \"=A1\" begins with =, which files leave out (ECMA-376, part 1, section 18.3.1.40)"
    ),
    .cell(
      "formula with NUL", .formula("\"\u{0}\"", value: .text("")),
      "the formula \"\"\\u{0}\"\" has U+0000, which is no character of XML (XML 1.0, section 2.2)"),
    .cell(
      "unknown error", CellContent(.error(CellError("hello"))),
      "\"hello\" is no error that Excel has (ECMA-376, part 1, section 18.17.3, and those of later versions)"
    ),
    .cell(
      "empty error", CellContent(.error(CellError(""))),
      "\"\" is no error that Excel has (ECMA-376, part 1, section 18.17.3, and those of later versions)"
    ),
    .cell("number", .number(-.infinity), "-inf is no number that a cell can hold"),
    .format("", "\"\": it is empty"),
    .format(
      String(repeating: "0", count: 255),
      "\"\(String(repeating: "0", count: 100))… (+155 characters)\": it has 255 UTF-16 units, and 254 is the most"
    ),
    .format("0\u{0}", "\"0\\u{0}\": U+0000 is no character of XML"),
    .format("0\" kg", "\"0\" kg\": a quote is not closed"),
    .format("[Red0", "\"[Red0\": a bracket is not closed"),
    .format("0\\", "\"0\\\": it ends after \"\\\""),
    .format("0_", "\"0_\": it ends after \"_\""),
    .format("0;0;0;@;0", "\"0;0;0;@;0\": it has 5 sections, and 4 is the most"),
  ]

  static let sheets: [Refused] = [
    Refused(
      "header of another text",
      """
      sheet "S", cell B1: the table's column has the title "g", and this would be "other"; \
      change the cell before the table is added (ECMA-376, part 1, section 18.5.1.3)
      """
    ) { try tabled(&$0) { try $0.set("other", at: CellReference("B1")!) } },
    Refused(
      "header of a number",
      """
      sheet "S", cell A1: the table's column has the title "h", and this would be 5; \
      change the cell before the table is added (ECMA-376, part 1, section 18.5.1.3)
      """
    ) { try tabled(&$0) { try $0.set(5, at: CellReference("A1")!) } },
    Refused(
      "header that is emptied",
      """
      sheet "S", cell A1: the table's column has the title "h", and this would be empty; \
      change the cell before the table is added (ECMA-376, part 1, section 18.5.1.3)
      """
    ) { try tabled(&$0) { try $0.set(.empty, at: CellReference("A1")!) } },
    Refused(
      "header that is a formula",
      "sheet \"S\", cell A1: the header of a table must be a text (ECMA-376, part 1, section 18.5.1.3)"
    ) {
      try $0.addSheet("S") { sheet in
        try sheet.append([.formula("\"h\"", value: .text("h"))])
        try sheet.addTable("T", CellRange("A1:A2")!)
      }
    },
    Refused(
      "long title",
      "sheet \"S\": the column name \"\(String(repeating: "x", count: 100))… (+156 characters)\" has 256 UTF-16 units, and 255 is the most (MS-OI29500, section 2.1.681)"
    ) {
      try $0.addSheet("S") { sheet in
        try sheet.append([.text(String(repeating: "x", count: 256))])
        try sheet.addTable("T", CellRange("A1:A2")!)
      }
    },
    Refused(
      "width",
      "sheet \"S\": the width 255.5 of column 1 is out of range: columns are 1 to 16384, widths 0 to 255 (Microsoft Support, \"Excel specifications and limits\")"
    ) { try $0.addSheet("S") { try $0.setWidth(255.5, ofColumn: 1) } },
  ]

  private static func tabled(
    _ workbook: inout WorkbookWriter, _ body: (inout SheetWriter) throws -> Void
  ) throws {
    try workbook.addSheet("S") { sheet in
      try sheet.append(["h", "g"])
      try sheet.addTable("T", CellRange("A1:B2")!)
      // The same once more is no change.
      try sheet.set(CellContent(.text("h"), format: "@"), at: CellReference("A1")!)
      try body(&sheet)
    }
  }

  @Test(arguments: names + contents + sheets)
  func `is not written`(form: Refused) throws {
    let error = #expect(throws: WorkbookError.self) {
      var workbook = WorkbookWriter()
      try form.write(&workbook)
    }
    #expect(error?.kind == .unwritable)
    #expect(error?.description == form.error)
  }

  @Test func `is told of a header that a stream writes otherwise, or not at all`() throws {
    let path = FileManager.default.temporaryDirectory.appending(
      path: "harness-\(UUID().uuidString).xlsx"
    ).path
    defer { try? FileManager.default.removeItem(atPath: path) }
    func write(_ header: [CellContent]) throws {
      var workbook = try WorkbookStreamWriter(path: path)
      try workbook.addSheet("S") { sheet in
        try sheet.addTable("T", CellRange("B2:C3")!, columns: ["h", "g"])
        try sheet.append([])
        try sheet.append(header)
      }
      try workbook.finish()
    }
    try write([1, "h", "g"])
    #expect(try Workbook(path: path).sheet("S").tables.map(\.columns) == [["h", "g"]])
    let other = #expect(throws: WorkbookError.self) { try write([1, "h", "G"]) }
    #expect(
      other?.description == """
        sheet "S", cell C2: the table's column has the title "g", and this would be "G"; \
        change the cell before the table is added (ECMA-376, part 1, section 18.5.1.3)
        """)
    let none = #expect(throws: WorkbookError.self) { try write([1, "h"]) }
    #expect(
      none?.description == """
        sheet "S", cell C2: the table's column "g" has no title in its cell \
        (ECMA-376, part 1, section 18.5.1.3)
        """)
  }

  @Test func `is more number formats than numbers for them`() throws {
    func write(_ count: Int) throws -> Workbook {
      var workbook = WorkbookWriter()
      try workbook.addSheet("S") { sheet in
        for index in 0..<count { try sheet.append([.number(1, format: "0\"\(index)\"")]) }
      }
      return try Workbook(bytes: workbook.bytes())
    }
    let most = try write(65_372).sheet("S")
    #expect(try most["A65372"].formatCode == "0\"65371\"")
    let error = #expect(throws: WorkbookError.self) { try write(65_373) }
    #expect(
      error?.description == """
        sheet "S", cell A65373: the workbook has more than 65372 number formats \
        (MS-OI29500, section 2.1.1087)
        """)
  }

  @Test func `is no format of the corpus`() throws {
    var codes: Set<String> = []
    for folder in ["xlsx", "isx"] {
      let names = try FileManager.default.contentsOfDirectory(atPath: TestFile.path(folder))
      for name in names where name.hasSuffix(".xlsx") {
        let workbook = try Workbook(path: TestFile.path("\(folder)/\(name)"))
        for info in workbook.sheets where info.isWorksheet {
          for row in try workbook.sheet(info.name).rows {
            for cell in row { if let code = cell.formatCode { codes.insert(code) } }
          }
        }
      }
    }
    // Excel itself writes none that is empty.
    codes.remove("")
    #expect(codes.count >= 18)
    var writer = WorkbookWriter()
    try writer.addSheet("S") { sheet in
      for code in codes { try sheet.append([.number(1, format: code)]) }
    }
  }
}
