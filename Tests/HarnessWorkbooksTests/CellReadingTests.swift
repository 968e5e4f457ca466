import HarnessWorkbooks
import Testing

@Suite struct `Cells` {
  @Test(
    arguments: [
      ("<c r=\"A1\"><v>4.56</v></c>", .number(4.56)),
      ("<c r=\"A1\" t=\"n\"><v> 1e3\n</v></c>", .number(1000)),
      ("<c r=\"A1\"><v><![CDATA[7]]></v></c>", .number(7)),
      ("<c r=\"A1\"><v>1<!-- no more -->2</v></c>", .number(12)),
      ("<c r=\"A1\" t=\"b\"><v>1</v></c>", .boolean(true)),
      ("<c r=\"A1\" t=\"b\"><v>0</v></c>", .boolean(false)),
      ("<c r=\"A1\" t=\"b\"><v>true</v></c>", .boolean(true)),
      ("<c r=\"A1\" t=\"b\"><v>FALSE</v></c>", .boolean(false)),
      ("<c r=\"A1\" t=\"e\"><v>#DIV/0!</v></c>", .error(.divisionByZero)),
      ("<c r=\"A1\" t=\"e\"><v>#SPILL!</v></c>", .error(CellError("#SPILL!"))),
      ("<c r=\"A1\" t=\"str\"><v>a&amp;b _x0041__x000D_</v></c>", .text("a&b A\r")),
      ("<c r=\"A1\" t=\"str\"><v>_xD83D__xde00_ _x4e2D_</v></c>", .text("😀 中")),
      ("<c r=\"A1\" t=\"str\"><v>_x005F_x0041_</v></c>", .text("_x0041_")),
      ("<c r=\"A1\" t=\"str\"><v>_x00G1_ a_b</v></c>", .text("_x00G1_ a_b")),
      ("<c r=\"A1\" t=\"inlineStr\"><is><t>in</t></is><v>stray</v></c>", .text("in")),
      (
        "<c r=\"A1\" t=\"inlineStr\"><is><r><t>Cen</t></r><r><t>tral</t></r><rPh sb=\"0\" eb=\"1\"><t>no</t></rPh></is></c>",
        .text("Central")
      ),
      ("<c r=\"A1\" t=\"d\"><v>2025-06-24T13:45:22.5</v></c>", dateTime("2025-06-24T13:45:22.5")),
      ("<c r=\"A1\" s=\"0\"/>", .empty),
      ("<c r=\"A1\" t=\"str\"><f>\"\"</f><v></v></c>", .text("")),
      ("<c r=\"A1\" t=\"str\"><f>\"\"</f><v/></c>", .text("")),
      ("<c r=\"A1\" t=\"str\"><f>\"\"</f></c>", .empty),
      ("<c r=\"A1\" t=\"inlineStr\"><v><![CDATA[]]></v></c>", .text("")),
      ("<c r=\"A1\"><f>1</f><v></v></c>", .empty),
      ("<c r=\"A01\"><v>1</v></c>", .number(1)),
      ("<c r=\"a0001\"><v>1</v></c>", .number(1)),
      ("<c r=\"A1\"><v></v></c>", .empty),
    ] as [(String, CellValue)])
  func `are read by their type`(cell: String, value: CellValue) throws {
    let sheet = try RawWorkbook(rows: "<row r=\"1\">\(cell)</row>").sheet()
    #expect(try sheet["A1"].value == value)
  }

  private static func dateTime(_ text: String) -> CellValue { .date(SheetDateTime(text)!) }

  @Test(arguments: [
    ("<c r=\"A1\"><v>12x</v></c>", "cell A1: \"12x\" is not a number"),
    ("<c r=\"A1\"><v>0x10</v></c>", "cell A1: \"0x10\" is not a number"),
    ("<c r=\"A1\"><v>1e400</v></c>", "cell A1: \"1e400\" is not a number that a cell can hold"),
    ("<c r=\"A1\"><v>nan</v></c>", "cell A1: \"nan\" is not a number"),
    (
      "<c r=\"A1\" t=\"s\"><v>3</v></c>",
      "cell A1: \"3\" is not one of the 1 shared strings"
    ),
    (
      "<c r=\"A1\" t=\"s\"><v>x</v></c>",
      "cell A1: \"x\" is not one of the 1 shared strings"
    ),
    ("<c r=\"A1\" t=\"b\"><v>2</v></c>", "cell A1: \"2\" is not TRUE or FALSE"),
    (
      "<c r=\"A1\" t=\"q\"><v>2</v></c>",
      "cell A1: \"2\" is not a value of a known type (its type is \"q\")"
    ),
  ])
  func `that are damaged are refused with their place`(cell: String, reason: String) throws {
    let workbook = RawWorkbook(
      rows: "<row r=\"1\">\(cell)</row>", strings: "<si><t>one</t></si>")
    let error = #expect(throws: WorkbookError.self) { try workbook.sheet() }
    #expect(error?.kind == .damagedCell)
    #expect(
      error?.description == "raw.xlsx, xl/worksheets/sheet1.xml, sheet \"Sheet1\", \(reason)")
  }

  @Test func `that are damaged are told in one error`() throws {
    let bad = "<c><v>1</v></c><c><v>x</v></c><c t=\"b\"><v>maybe</v></c>"
    let error = #expect(throws: WorkbookError.self) {
      try RawWorkbook(rows: "<row>\(bad)</row><row>\(bad)</row>").sheet()
    }
    #expect(
      error?.description == """
        raw.xlsx, xl/worksheets/sheet1.xml, sheet "Sheet1": 4 cells are damaged
          B1: "x" is not a number
          C1: "maybe" is not TRUE or FALSE
          B2: "x" is not a number
          C2: "maybe" is not TRUE or FALSE
        """)
    #expect(error?.cells.count == 4)
  }

  @Test(arguments: ["XFE1", "A1048577", "A0", "A00", "A0B1", "ZZZZZZZ1", "1A", "A01048577"])
  func `outside of a sheet are refused`(reference: String) throws {
    let workbook = RawWorkbook(rows: "<row><c r=\"\(reference)\"><v>1</v></c></row>")
    let error = #expect(throws: WorkbookError.self) { try workbook.sheet() }
    #expect(error?.kind == .badReference)
    #expect(error?.reason == "\"\(reference)\" is not a cell of a sheet")
  }

  @Test func `at the far end of a sheet cost no more than others`() throws {
    let sheet = try RawWorkbook(
      rows:
        "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row>"
    ).sheet()
    #expect(sheet.rows.count == 2)
    #expect(try sheet["XFD1048576"].number == 2)
    #expect(sheet.usedRange?.description == "A1:XFD1048576")
  }

  @Test func `and rows without a reference follow each other`() throws {
    let sheet = try RawWorkbook(
      rows:
        "<row><c><v>1</v></c><c><v>2</v></c></row><row r=\"5\"><c r=\"C5\"><v>3</v></c><c><v>4</v></c></row><row><c><v>5</v></c></row>"
    ).sheet()
    let cells = sheet.rows.flatMap { $0 }.map { "\($0.reference)=\($0.rawText)" }
    #expect(cells == ["A1=1", "B1=2", "C5=3", "D5=4", "A6=5"])
  }

  @Test func `in any order are put in order, the last of two at one place winning`() throws {
    let sheet = try RawWorkbook(
      rows:
        "<row r=\"2\"><c r=\"B2\"><v>1</v></c><c r=\"A2\"><f>1+1</f><v>2</v></c></row><row r=\"1\"><c r=\"A1\"><v>3</v></c></row><row r=\"2\"><c r=\"A2\"><v>4</v></c></row>"
    ).sheet()
    let cells = sheet.rows.flatMap { $0 }.map { "\($0.reference)=\($0.rawText)" }
    #expect(cells == ["A1=3", "A2=4", "B2=1"])
    #expect(try sheet["A2"].formula == nil)
  }

  @Test(arguments: ["", " s=\"0\""])
  func `at one place twice are what the last one is, also when it holds nothing`(
    style: String
  ) throws {
    let empty = "<c r=\"A1\"\(style)/>"
    let sheet = try RawWorkbook(
      rows: "<row r=\"1\"><c r=\"A1\"><v>1</v></c>\(empty)<c r=\"B1\"><v>2</v></c></row>"
    ).sheet()
    #expect(try sheet["A1"].value == .empty)
    #expect(sheet.usedRange?.description == "B1")
    #expect(
      sheet.warnings.map(\.description) == [
        "xl/worksheets/sheet1.xml, cell A1: it is there twice, and the last one counts"
      ])
    let later = try RawWorkbook(
      rows: """
        <row r="1"><c r="A1"><f>1</f><v>1</v></c><c r="B1"><v>2</v></c></row>\
        <row r="2"><c r="A2"><v>3</v></c></row><row r="1">\(empty)</row>
        """
    ).sheet()
    #expect(later.rows.flatMap { $0 }.map { "\($0.reference)" } == ["B1", "A2"])
    #expect(try later["A1"].formula == nil)
    // The other way round the value is the last.
    let filled = try RawWorkbook(rows: "<row>\(empty)<c r=\"A1\"><v>1</v></c></row>").sheet()
    #expect(try filled["A1"].number == 1)
  }

  @Test func `keep their formulas beside their values`() throws {
    let sheet = try RawWorkbook(
      rows: """
        <row r="1"><c r="A1"><f>SUM(B1:C1)</f><v>3</v></c>\
        <c r="B1"><f t="shared" ref="B1:B2" si="0">A1*2</f><v>6</v></c></row>\
        <row r="2"><c r="B2"><f t="shared" si="0"/><v>8</v></c><c r="C2"><f>NOW()</f></c></row>
        """
    ).sheet()
    #expect(try sheet["A1"].formula?.text == "SUM(B1:C1)")
    #expect(try sheet["B1"].formula?.sharedFrom == nil)
    #expect(try sheet["B2"].formula?.text == "A1*2")
    #expect(try sheet["B2"].formula?.sharedFrom?.description == "B1")
    #expect(try sheet["C2"].value == .empty)
    #expect(try sheet["C2"].formula?.text == "NOW()")
  }

  @Test func `are asked for by a reference, or the test fails`() throws {
    let sheet = try RawWorkbook().sheet()
    let error = #expect(throws: WorkbookError.self) { try sheet["7B"] }
    #expect(
      error?.description
        == "raw.xlsx, sheet \"Sheet1\": \"7B\" is not a cell of a sheet, such as B7")
  }
}
