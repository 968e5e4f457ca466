import HarnessWorkbooks
import Testing

@Suite struct `Rich texts` {
  private static let rich = """
    <r><rPr><b/><sz val="11"/></rPr><t xml:space="preserve">Hello </t></r>\
    <r><rPr><i/><b val="0"/><u/><strike val="1"/></rPr><t>wor_x006C_d</t></r>\
    <r><rPr><u val="none"/></rPr><t/></r><r><t>!</t></r><rPh sb="0" eb="1"><t>no</t></rPh>
    """

  private static let runs = [
    TextRun("Hello ", .bold), TextRun("world", [.italic, .underlined, .struck]), TextRun("!"),
  ]

  @Test func `are joined, and their runs are reachable`() throws {
    let sheet = try RawWorkbook(
      rows: """
        <row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>0</v></c>\
        <c r="C1" t="inlineStr"><is>\(Self.rich)</is></c><c r="D1" t="inlineStr"><is><t>plain</t></is></c></row>
        """, strings: "<si><t>plain</t></si><si>\(Self.rich)</si><si><t>after</t></si>"
    ).sheet()
    for place in ["A1", "C1"] {
      #expect(try sheet[place].text == "Hello world!")
      #expect(try sheet[place].runs == Self.runs)
    }
    #expect(try sheet["B1"].runs == [])
    #expect(try sheet["D1"].runs == [])
  }

  @Test func `keep their runs where cells are put in order`() throws {
    let sheet = try RawWorkbook(
      rows: """
        <row r="2"><c r="B2" t="inlineStr"><is>\(Self.rich)</is></c></row>\
        <row r="1"><c r="A1" t="inlineStr"><is><r><rPr><b/></rPr><t>one</t></r></is></c></row>
        """
    ).sheet()
    #expect(try sheet["A1"].runs == [TextRun("one", .bold)])
    #expect(try sheet["B2"].runs == Self.runs)
  }

  @Test func `that are empty have no runs, and take none of the next text`() throws {
    let sheet = try RawWorkbook(
      rows: "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c></row>",
      strings: "<si><r><t/></r></si><si><r><rPr><i/></rPr><t>x</t></r></si>"
    ).sheet()
    #expect(try sheet["A1"].runs == [])
    #expect(try sheet["B1"].runs == [TextRun("x", .italic)])
  }

  @Test func `over the limit of runs are refused by its name`() throws {
    var limits = WorkbookLimits()
    limits.strings = 3
    let bytes = try RawWorkbook(
      rows: "<row><c t=\"s\"><v>0</v></c></row>",
      strings: "<si>\(String(repeating: "<r><t>a</t></r>", count: 4))</si>"
    ).bytes()
    let error = #expect(throws: WorkbookError.self) { try Workbook(bytes: bytes, limits: limits) }
    #expect(error?.kind == .limitExceeded)
    #expect(error?.reason == "there are more runs of rich texts than the limit `strings`, 3")
  }
}
