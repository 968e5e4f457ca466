import HarnessWorkbooks
import Testing

@Suite struct `The difference of workbooks` {
  private static func workbook(
    epoch: DateEpoch = .year1900, texts: WorkbookWriter.Texts = .shared,
    hidden: SheetVisibility = .visible, second: String = "Second",
    _ cells: [(String, CellContent)], merge: String? = nil
  ) throws -> Workbook {
    var writer = WorkbookWriter(epoch: epoch, texts: texts)
    try writer.addSheet("Prices") { sheet throws(WorkbookError) in
      for (place, content) in cells { try sheet.set(content, at: CellReference(place)!) }
      if let merge { try sheet.merge(CellRange(merge)!) }
    }
    try writer.addSheet(second, visibility: hidden) { _ in }
    return try Workbook(bytes: writer.bytes())
  }

  private static let cells: [(String, CellContent)] = [
    ("A1", "code"), ("B2", 1.45), ("C3", .date(SheetDate("2025-06-24")!)),
    ("D4", .formula("B2*2", value: .number(2.9))),
  ]

  @Test func `is empty for workbooks that mean the same`() throws {
    let one = try Self.workbook(Self.cells)
    let other = try Self.workbook(epoch: .year1904, texts: .inline, Self.cells)
    #expect(one.bytes != other.bytes)
    #expect(try WorkbookDifference(from: one, to: other).isEmpty)
  }

  @Test func `compares a shared formula as it stands in its cell`() throws {
    func workbook(_ formula: String) throws -> Workbook {
      let first = "<row><c><f t=\"shared\" ref=\"A1:A2\" si=\"0\">B1*2</f><v>1</v></c></row>"
      let raw = RawWorkbook(rows: "\(first)<row><c>\(formula)<v>1</v></c></row>")
      return try Workbook(bytes: raw.bytes())
    }
    let shared = try workbook("<f t=\"shared\" si=\"0\"/>")
    #expect(try WorkbookDifference(from: shared, to: workbook("<f>B2*2</f>")).isEmpty)
    let other = try WorkbookDifference(from: shared, to: workbook("<f>B1*2</f>"))
    #expect(other.findings.map(\.from) == ["=B2*2"])
    #expect(other.findings.map(\.to) == ["=B1*2"])
  }

  @Test func `tells sheets, cells, formulas and merges`() throws {
    let one = try Self.workbook(Self.cells, merge: "F1:G1")
    let other = try Self.workbook(
      hidden: .hidden,
      [
        ("A1", "e\u{301}"), ("C3", .date(SheetDate("2025-06-25")!)),
        ("D4", .formula("B2*3", value: .number(2.9))), ("E5", true),
      ], merge: "F1:H1")
    let difference = try WorkbookDifference(from: one, to: other)
    #expect(
      difference.description == """
        Prices!A1
          from  "code"
          to    "e\u{301}"
        Prices!B2
          from  1.45
          to    nothing
        Prices!C3
          from  2025-06-24
          to    2025-06-25
        Prices!D4, its formula
          from  =B2*2
          to    =B2*3
        Prices!E5
          from  nothing
          to    TRUE
        Prices!F1:G1
          from  merged
          to    nothing
        Prices!F1:H1
          from  nothing
          to    merged
        sheet "Second", its visibility
          from  visible
          to    hidden
        """)
    let few = try WorkbookDifference(from: one, to: other, limit: 1)
    #expect(few.count == 8)
    #expect(few.findings.count == 1)
    #expect(few.description.hasSuffix("… and 7 more"))
  }

  /// Sheets by name and visibility, each with a cell of its name.
  private static func sheets(_ names: [String], hidden: Set<String> = []) throws -> Workbook {
    var writer = WorkbookWriter()
    for name in names {
      try writer.addSheet(name, visibility: hidden.contains(name) ? .hidden : .visible) {
        try $0.append([.text(name)])
      }
    }
    return try Workbook(bytes: writer.bytes())
  }

  @Test(arguments: [
    (["A", "B", "C"], ["B", "C"], ["sheet \"A\""]), (["B"], ["A", "B"], ["sheet \"A\""]),
    (["A", "B", "C"], ["C", "A", "B"], ["sheet \"C\", its place"]),
    (
      ["A", "B", "C", "D"], ["D", "X", "B", "C"],
      ["sheet \"A\"", "sheet \"D\", its place", "sheet \"X\""]
    ),
    (["\u{E9}"], ["e\u{301}"], ["sheet \"\u{E9}\"", "sheet \"e\u{301}\""]),
  ])
  func `tells of sheets those alone that moved, came or went`(
    from: [String], to: [String], places: [String]
  ) throws {
    let difference = try WorkbookDifference(from: Self.sheets(from), to: Self.sheets(to))
    #expect(difference.findings.map { Array($0.place.utf8) } == places.map { Array($0.utf8) })
    let back = try WorkbookDifference(from: Self.sheets(to), to: Self.sheets(from))
    #expect(back.count == places.count)
  }

  @Test func `pairs sheets of one name by their order`() throws {
    var raw = RawWorkbook(rows: "<row><c><v>1</v></c></row>")
    let sheet = "<sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"a\"/>"
    raw["xl/workbook.xml"] = raw["xl/workbook.xml"].replacing(
      sheet, with: sheet + "<sheet name=\"Sheet1\" sheetId=\"2\" r:id=\"d\"/>")
    let links = "xl/_rels/workbook.xml.rels"
    raw[links] = raw[links].replacing(
      "</Relationships>",
      with:
        "<Relationship Id=\"d\" Type=\"\(RawWorkbook.relationships)/worksheet\" Target=\"worksheets/sheet2.xml\"/></Relationships>"
    )
    raw.parts.append(
      (
        "xl/worksheets/sheet2.xml",
        raw["xl/worksheets/sheet1.xml"].replacing("<v>1</v>", with: "<v>2</v>")
      ))
    let one = try Workbook(bytes: raw.bytes())
    #expect(one.sheets.count == 2)
    #expect(try WorkbookDifference(from: one, to: one).description == "")
  }

  @Test func `tells a sheet that became a chart`() throws {
    var raw = RawWorkbook(rows: "")
    let one = try Workbook(bytes: raw.bytes())
    let links = "xl/_rels/workbook.xml.rels"
    raw[links] = raw[links].replacing("/worksheet\"", with: "/chartsheet\"")
    let difference = try WorkbookDifference(from: one, to: Workbook(bytes: raw.bytes()))
    #expect(
      difference.description == """
        sheet "Sheet1", its kind
          from  worksheet
          to    chart
        """)
  }

  /// Pairs of cells, as XML, and what differs between them.
  @Test(
    arguments: [
      // Styles alone do not count, nor where a text is kept.
      ("<c s=\"1\"><v>1</v></c>", "<c s=\"2\"><v>1</v></c>", nil),
      ("<c s=\"1\"/>", "", nil), ("<c><v>0</v></c>", "<c><v>-0</v></c>", nil),
      ("<c><v>1</v></c>", "<c><v>1.0</v></c>", nil),
      ("<c t=\"str\"><v>x</v></c>", "<c t=\"inlineStr\"><is><t>x</t></is></c>", nil),
      ("<c><v>1</v></c>", "<c t=\"str\"><v>1</v></c>", "1 | \"1\""),
      ("<c><v>1</v></c>", "<c t=\"b\"><v>1</v></c>", "1 | TRUE"),
      (
        "<c s=\"3\"><v>0.5</v></c>", "<c s=\"4\"><v>0.5</v></c>",
        "12:00:00 (time of day) | 12:00:00 (duration)"
      ),
      ("<c s=\"3\"><v>0.5</v></c>", "<c><v>0.5</v></c>", "12:00:00 | 0.5"),
      ("<c t=\"str\"><v></v></c>", "", "\"\" | nothing"),
      // An empty formula is one too, whichever workbook has it.
      ("<c><f/><v>1</v></c>", "<c><v>1</v></c>", "= | nothing"),
      ("<c><v>1</v></c>", "<c><f/><v>1</v></c>", "nothing | ="),
      ("<c><f>B1</f><v>1</v></c>", "<c><f>b1</f><v>1</v></c>", "=B1 | =b1"),
    ] as [(String, String, String?)])
  func `tells cells by what they mean`(from: String, to: String, shown: String?) throws {
    let styles =
      "<numFmts><numFmt numFmtId=\"164\" formatCode=\"[h]:mm\"/></numFmts><cellXfs><xf/><xf numFmtId=\"1\"/><xf numFmtId=\"2\"/><xf numFmtId=\"20\"/><xf numFmtId=\"164\"/></cellXfs>"
    func workbook(_ cell: String) throws -> Workbook {
      try Workbook(bytes: RawWorkbook(rows: "<row>\(cell)</row>", styles: styles).bytes())
    }
    let findings = try WorkbookDifference(from: workbook(from), to: workbook(to)).findings
    let texts = findings.map { "\($0.from ?? "nothing") | \($0.to ?? "nothing")" }
    #expect(texts == (shown.map { [$0] } ?? []))
  }

  @Test func `shows two texts so that they differ`() throws {
    func findings(_ one: CellContent, _ other: CellContent) throws -> [String] {
      try WorkbookDifference(from: Self.workbook([("A1", one)]), to: Self.workbook([("A1", other)]))
        .findings.map(\.description)
    }
    let start = String(repeating: "x", count: 200)
    #expect(
      try findings(.text(start + "1"), .text(start + "2")) == [
        """
        Prices!A1
          from  (180 characters alike) "\(String(repeating: "x", count: 20))1"
          to    (180 characters alike) "\(String(repeating: "x", count: 20))2"
        """
      ])
    #expect(
      try findings("caf\u{E9}", "cafe\u{301}") == [
        """
        Prices!A1
          from  "caf\\u{E9}"
          to    "cafe\\u{301}"
        """
      ])
    #expect(
      try findings(
        .formula("\(start)+1", value: .number(1)), .formula("\(start)+2", value: .number(1))) == [
          """
          Prices!A1, its formula
            from  (181 characters alike) =\(String(repeating: "x", count: 19))+1
            to    (181 characters alike) =\(String(repeating: "x", count: 19))+2
          """
        ])
  }

  @Test func `tells sheets that only one has, and texts that only look the same`() throws {
    let one = try Self.workbook([("A1", "\u{E9}")])
    let other = try Self.workbook(second: "Other", [("A1", "e\u{301}")])
    let findings = try WorkbookDifference(from: one, to: other).findings
    #expect(findings.map(\.subject) == [.value(CellReference("A1")!), .sheet, .sheet])
    #expect(findings.map(\.sheet) == ["Prices", "Second", "Other"])
  }
}
