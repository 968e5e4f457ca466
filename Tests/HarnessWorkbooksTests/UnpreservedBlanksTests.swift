import Testing

@testable import HarnessWorkbooks

/// Blanks at the ends of a `t` without `xml:space="preserve"`, which Excel drops.
@Suite struct `Blanks that are not preserved` {
  private struct Text {
    var xml: String
    var shown: String
    var raw: String
  }

  private static let texts = [
    Text(xml: "<t> \t\na b\n\t </t>", shown: "a b", raw: " \t\na b\n\t "),
    Text(xml: "<t xml:space=\"preserve\"> a </t>", shown: " a ", raw: " a "),
    Text(xml: "<t xml:space='preserve' >\n</t>", shown: "\n", raw: "\n"),
    Text(xml: "<t xml:space=\"default\"> a</t>", shown: "a", raw: " a"),
    Text(xml: "<t>  </t>", shown: "", raw: "  "),
    Text(xml: "<t/>", shown: "", raw: ""),
    Text(xml: "<t>&#32;a &amp; b&#10;&#13;</t>", shown: "a & b", raw: " a & b\n\r"),
    // Not blanks of XML: a no-break space, and an escape that stands for a space.
    Text(xml: "<t>\u{A0}a_x0020_ </t>", shown: "\u{A0}a ", raw: "\u{A0}a  "),
    Text(xml: "<t><![CDATA[ a ]]> </t>", shown: "a", raw: " a  "),
    Text(
      xml: "<r><t>one </t></r><r><t xml:space=\"preserve\"> two </t></r><r><t> three</t></r>",
      shown: "one two three", raw: "one  two  three"),
    Text(xml: "<r><t>_x00</t></r><r><t>41_ </t></r>", shown: "_x0041_", raw: "_x0041_ "),
    Text(xml: "<r><t> </t></r><rPh sb=\"0\" eb=\"1\"><t> no </t></rPh>", shown: "", raw: " "),
    Text(xml: "<r><t>_x0041_ </t></r><r><t>b_x0043_</t></r>", shown: "AbC", raw: "A bC"),
    Text(xml: "<t>last</t>", shown: "last", raw: "last"),
  ]

  /// A sheet of all texts, below each other: as shared strings in A and as inline strings in B.
  private static func sheet(_ lines: [Text]) throws -> Sheet {
    let rows = lines.indices.map {
      "<row><c t=\"s\"><v>\($0)</v></c><c t=\"inlineStr\"><is>\(lines[$0].xml)</is></c></row>"
    }
    let strings = lines.map { "<si>\($0.xml)</si>" }
    return try RawWorkbook(rows: rows.joined(), strings: strings.joined()).sheet()
  }

  private static func check(_ texts: [Text]) throws {
    let sheet = try sheet(texts)
    for (index, text) in texts.enumerated() {
      for column in ["A", "B"] {
        let cell = try sheet["\(column)\(index + 1)"]
        #expect(cell.value == .text(text.shown), "\(column): \(text.xml)")
        #expect(cell.rawText == text.raw, "\(column): \(text.xml)")
      }
    }
  }

  // A text that the scanner does not know has the whole part read by libxml2.
  @Test func `are dropped from the value by libxml2, and the raw text keeps them`() throws {
    try Self.check(Self.texts)
  }

  @Test func `are dropped from the value by the scanner, and the raw text keeps them`() throws {
    let plain = Self.texts.filter { !$0.xml.contains("<r>") && !$0.xml.contains("CDATA") }
    #expect(plain.count == 9)
    try Self.check(plain)
  }

  @Test func `are dropped at the ends of each run`() throws {
    let sheet = try Self.sheet([
      Text(
        xml: """
          <r><rPr><b/></rPr><t>one </t></r><r><t> </t></r>\
          <r><t xml:space="preserve"> two</t></r>
          """,
        shown: "one two", raw: "one   two")
    ])
    for place in ["A1", "B1"] {
      let cell = try sheet[place]
      #expect(cell.runs == [TextRun("one", .bold), TextRun(" two")])
      #expect(cell.text == "one two")
      #expect(cell.rawText == "one   two")
    }
  }

  @Test func `stay in the text of a formula`() throws {
    let sheet = try RawWorkbook(
      rows: "<row><c r=\"A1\" t=\"str\"><f>B1</f><v> a </v></c></row>"
    ).sheet()
    #expect(try sheet["A1"].value == .text(" a "))
  }

  @Test func `count for the limit of a text's length`() throws {
    var limits = WorkbookLimits()
    limits.textBytes = 250
    let run = "<r><t>\(String(repeating: " ", count: 99))a</t></r>"
    func open(runs: Int) throws {
      let strings = "<si>\(String(repeating: run, count: runs))</si>"
      _ = try Workbook(bytes: RawWorkbook(strings: strings).bytes(), limits: limits)
    }
    try open(runs: 2)
    let error = #expect(throws: WorkbookError.self) { try open(runs: 3) }
    #expect(error?.reason == "a text is longer than the limit `textBytes`, 250")
  }
}
