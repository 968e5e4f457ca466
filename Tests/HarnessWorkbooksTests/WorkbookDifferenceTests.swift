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

  @Test func `tells sheets that only one has, and texts that only look the same`() throws {
    let one = try Self.workbook([("A1", "\u{E9}")])
    let other = try Self.workbook(second: "Other", [("A1", "e\u{301}")])
    let findings = try WorkbookDifference(from: one, to: other).findings
    #expect(findings.map(\.subject) == [.value(CellReference("A1")!), .sheet, .sheet])
    #expect(findings.map(\.sheet) == ["Prices", "Second", "Other"])
  }
}
