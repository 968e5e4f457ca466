import HarnessWorkbooks
import Testing

@Suite struct `Warnings` {
  private static let part = "xl/worksheets/sheet1.xml"

  @Test func `tell cells that come twice or behind their place`() throws {
    let sheet = try RawWorkbook(
      rows: """
        <row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>\
        <row r="3"><c r="A3"><v>3</v></c></row><row r="2"><c r="B2"><v>4</v></c></row>\
        <row r="3"><c r="A3"><v>5</v></c></row>
        """
    ).sheet()
    #expect(try sheet["A1"].number == 2)
    #expect(
      sheet.warnings.map(\.description) == [
        "\(Self.part), cell B2: it comes behind its place",
        "\(Self.part), cell A1: it is there twice, and the last one counts",
        "\(Self.part), cell A3: it is there twice, and the last one counts",
      ])
  }

  @Test func `tell every cell that is taken back`() throws {
    let row = "<c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>2</v></c><c r=\"A1\"/><c r=\"B1\"/>"
    let sheet = try RawWorkbook(rows: "<row r=\"1\">\(row)</row>").sheet()
    #expect(try sheet["A1"].value == .empty && sheet["B1"].value == .empty)
    #expect(
      sheet.warnings.filter { $0.description.contains("it is there twice") }.count == 2)
    let again = try RawWorkbook(
      rows: """
        <row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c><c r="B2"><v>3</v></c></row>\
        <row r="2"><c r="A2"/><c r="B2"/></row><row r="1"><c r="A1"/></row>
        """
    ).sheet()
    #expect(again.rows.isEmpty)
  }

  @Test func `are none for a sheet in order`() throws {
    #expect(try RawWorkbook(rows: "<row><c><v>1</v></c></row>").sheet().warnings == [])
  }

  @Test func `are at most a hundred`() throws {
    let row = (1...300).map { _ in "<c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>1</v></c>" }
    let sheet = try RawWorkbook(rows: "<row>\(row.joined())</row>").sheet()
    #expect(sheet.warnings.count == 3)
    let rows = (1...300).map {
      "<row r=\"\($0)\"><c r=\"A\($0)\"/><c r=\"A\($0)\"><v>1</v></c></row>"
    }
    let twice = try RawWorkbook(rows: (rows + rows).joined()).sheet()
    #expect(twice.warnings.count == 100)
    #expect(twice.rows.count == 300)
  }

  private static let styles = "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>"

  @Test(arguments: ["2", "65537", "-1", "x", "1.0", "99999999999999999999"])
  func `tell the first cell with a style that there is not`(style: String) throws {
    let sheet = try RawWorkbook(
      rows: """
        <row><c r="A1" s="1"><v>45000</v></c><c r="B1" s="\(style)"/><c r="C1" s="\(style)"><v>45000</v></c>\
        <c r="D1" s="\(style)"><v>1</v></c></row>
        """, styles: Self.styles
    ).sheet()
    #expect("\(try sheet["A1"].value)" == "2023-03-15")
    #expect(try sheet["C1"].value == .number(45000))
    #expect(
      sheet.warnings.map(\.description) == [
        "\(Self.part), cell C1: the workbook has no such style, and the first one is taken"
      ])
  }

  @Test(arguments: ["1", " 1 ", "0001", "\t1"])
  func `are none for a style with blanks or zeros before it`(style: String) throws {
    for odd in ["", "<!-- -->"] {
      let sheet = try RawWorkbook(
        rows: "<row><c r=\"A1\" s=\"\(style)\"><v>45000\(odd)</v></c></row>", styles: Self.styles
      ).sheet()
      #expect("\(try sheet["A1"].value)" == "2023-03-15")
      #expect(sheet.warnings == [])
    }
  }

  @Test func `tell a style in rows before one that is not plain`() throws {
    let rows = (1...5000).map {
      "<row r=\"\($0)\"><c r=\"A\($0)\" s=\"\($0 == 3 ? 7 : 0)\"><v>1</v></c></row>"
    }
    let sheet = try RawWorkbook(
      rows: rows.joined() + "<row><c><v>1<!-- --></v></c></row>", styles: Self.styles
    ).sheet()
    #expect(sheet.warnings.map(\.kind) == [.unknownStyle(CellReference("A3")!)])
  }

  @Test func `are none for the first style of a workbook that lists none`() throws {
    let sheet = try RawWorkbook(rows: "<row><c s=\"0\"><v>1</v></c></row>").sheet()
    #expect(sheet.warnings == [])
  }

  @Test func `tell a wrong checksum where it is accepted`() throws {
    let good = try RawWorkbook(
      rows: "<row><c t=\"s\"><v>0</v></c></row>", strings: "<si><t>one</t></si>"
    ).bytes()
    let bad = try WorkbookMutator(good).mutated(.wrongCRC)
    #expect(throws: WorkbookError.self) { try Workbook(bytes: bad) }
    let workbook = try Workbook(bytes: bad, options: .acceptingWrongChecksums)
    let read = workbook.warnings.count
    #expect(read > 0)
    let sheet = try workbook.sheet(at: 0)
    #expect(try sheet["A1"].text == "one")
    #expect(sheet.warnings.map(\.kind) == [.wrongChecksum])
    #expect(workbook.warnings.count == read + 1)
    #expect(
      workbook.warnings.last?.description
        == "\(Self.part): its CRC-32 is wrong, and it was read as it is")
  }

  @Test func `do not accept bytes that are missing`() throws {
    let good = try RawWorkbook(rows: "<row><c><v>1</v></c></row>").bytes()
    let cut = try WorkbookMutator(good).mutated(.truncated, seed: 3)
    #expect(throws: WorkbookError.self) {
      try Workbook(bytes: cut, options: .acceptingWrongChecksums)
    }
  }
}
