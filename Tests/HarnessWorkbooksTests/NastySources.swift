import Testing

@testable import HarnessWorkbooks

/// Workbooks to make nasty ones of, each with the forms that it has nothing for.
struct NastySource: Sendable {
  let name: String
  let inapplicable: Set<WorkbookMutator.Form>
  let bytes: @Sendable () throws -> [UInt8]

  init(
    _ name: String, _ inapplicable: Set<WorkbookMutator.Form> = [],
    _ bytes: @escaping @Sendable () throws -> [UInt8]
  ) {
    self.name = name
    self.inapplicable = inapplicable
    self.bytes = bytes
  }

  static let all = files + made

  private static func file(
    _ path: String, _ inapplicable: Set<WorkbookMutator.Form> = []
  ) -> NastySource {
    NastySource(path, inapplicable) {
      try bytesOfFile(TestFile.path(path), limit: 1 << 20)
    }
  }

  /// ClosedXML writes absolute targets, and a prefix for every element.
  private static let closedXML: Set<WorkbookMutator.Form> = [.absoluteTargets, .prefixed]

  static let files = [
    file("isx/2025 06 22 ISX Daily Report.xlsx"), file("xlsx/poi__WithMoreVariousData.xlsx"),
    file("xlsx/excelize__Book1.xlsx"), file("xlsx/closedxml__CellValues.xlsx", closedXML),
    file("xlsx/closedxml__BasicTable.xlsx", closedXML),
    file("xlsx/closedxml__MergeCells.xlsx", closedXML),
    file("xlsx/corexlsx__HelloWorld.xlsx"), file("xlsx/corexlsx__categories.xlsx"),
    file("xlsx/poi__SampleSS.xlsx"), file("xlsx/poi__SimpleNormal.xlsx"),
    file("xlsx/poi__shared_formulas.xlsx"), file("xlsx/poi__DataTableCities.xlsx"),
  ]

  private static let main = RawWorkbook.main
  private static let rows =
    "<row r=\"1\"><c r=\"A1\"><v>12.5</v></c><c r=\"B1\" t=\"str\"><v>a &amp; b]]&gt;&#13;é</v></c></row><row r=\"3\"><c r=\"C3\" t=\"b\"><v>1</v></c></row>"
  private static let nothing: Set<WorkbookMutator.Form> = [
    .withoutReferences, .cdata, .comments, .instructions,
  ]

  private static func sheet(
    _ name: String, _ inapplicable: Set<WorkbookMutator.Form> = [], _ sheet: String
  ) -> NastySource {
    NastySource(name, inapplicable) { try RawWorkbook(sheet: sheet).bytes(.deflate) }
  }

  private static func raw(
    _ name: String, _ inapplicable: Set<WorkbookMutator.Form> = [],
    _ change: @escaping @Sendable (inout RawWorkbook) -> Void
  ) -> NastySource {
    NastySource(name, inapplicable) {
      var raw = RawWorkbook(rows: rows)
      change(&raw)
      return try raw.bytes(.deflate)
    }
  }

  private static func inUTF16(_ isLittleEndian: Bool) -> NastySource {
    NastySource("UTF-16, \(isLittleEndian ? "little" : "big")-endian", [.utf16]) {
      var raw = RawWorkbook(rows: rows)
      let text =
        "\u{FEFF}<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + raw["xl/worksheets/sheet1.xml"]
      raw.parts.removeAll { $0.name == "xl/worksheets/sheet1.xml" }
      let bytes = text.utf16.flatMap { unit -> [UInt8] in
        let pair = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
        return isLittleEndian ? pair : pair.reversed()
      }
      return try raw.bytes(adding: "xl/worksheets/sheet1.xml", bytes, .deflate)
    }
  }

  private static func inForm(
    _ form: WorkbookMutator.Form, _ inapplicable: Set<WorkbookMutator.Form>
  ) -> NastySource {
    NastySource("in the form \(form)", inapplicable) {
      try WorkbookMutator(RawWorkbook(rows: rows).bytes(.deflate)).mutated(form)
    }
  }

  private static let made: [NastySource] = [
    NastySource("written here") {
      var writer = WorkbookWriter(compression: .deflate)
      try writer.addSheet("S") { sheet in
        try sheet.append(["a", 1.5, true])
        try sheet.append([.empty, .formula("B1", value: .number(1.5))])
        try sheet.append([.formula("A1", value: .text(" \"http://schemas.openxmlformats.org "))])
      }
      try writer.addSheet("Empty") { _ in }
      return try writer.bytes()
    },
    NastySource("written here, not packed", [.stored]) {
      var writer = WorkbookWriter()
      try writer.addSheet("S") { try $0.append([1]) }
      return try writer.bytes()
    },
    sheet("empty data", nothing, "<worksheet xmlns=\"\(main)\"><sheetData/></worksheet>"),
    sheet("open data", nothing, "<worksheet xmlns=\"\(main)\"><sheetData></sheetData></worksheet>"),
    sheet("no data", nothing, "<worksheet xmlns=\"\(main)\"></worksheet>"),
    sheet("empty root", nothing, "<worksheet xmlns=\"\(main)\"/>"),
    sheet(
      "empty root with a prefix", nothing.union([.prefixed]), "<x:worksheet xmlns:x='\(main)'/>"),
    sheet(
      "rows without references", [.withoutReferences],
      "<worksheet xmlns=\"\(main)\"><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>"),
    sheet(
      "one digit, quotes of one stroke, blanks, a comment and a dimension", [],
      """
      \u{FEFF}<?xml version='1.0' encoding='UTF-8' standalone='yes'?>
      <!-- <sheetData> --><worksheet
        xmlns='\(main)' ><sheetPr > </sheetPr><dimension ref='A1' /><sheetData
        ><row
        r='1' ><c s='0'  r='A1' ><v >7</v ></c ></row ></sheetData ></worksheet >
      """),
    sheet(
      "an extension and alternate content", [],
      """
      <worksheet xmlns="\(main)" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">\
      <sheetData><row r="1"><mc:AlternateContent><mc:Choice Requires="x"><c r="A1"><v>8</v></c></mc:Choice>\
      <mc:Fallback><c r="A1"><v>9</v></c></mc:Fallback></mc:AlternateContent></row></sheetData>\
      <extLst><ext uri="x"><row xmlns="urn:other" r="5"><c r="A5"><v xmlns="">6</v></c></row></ext></extLst></worksheet>
      """),
    sheet(
      "two prefixes", [.prefixed],
      """
      <x:worksheet xmlns:x="\(main)" xmlns:nasty="\(main)"><x:sheetData><nasty:row r="2">\
      <x:c r="B2"><nasty:v>3</nasty:v></x:c></nasty:row></x:sheetData></x:worksheet>
      """),
    sheet(
      "values in sections alone", [.cdata, .comments],
      "<worksheet xmlns=\"\(main)\"><sheetData><row r=\"1\"><c r=\"A1\"><v><![CDATA[5]]></v></c></row></sheetData></worksheet>"
    ),
    inUTF16(true), inUTF16(false),
    raw("names from the root") { raw in
      for index in raw.parts.indices { raw.parts[index].name = "/" + raw.parts[index].name }
    },
    raw("other names") { raw in
      raw.rename("xl/workbook.xml", to: "book/list.xml")
      raw.rename("xl/_rels/workbook.xml.rels", to: "book/_rels/list.xml.rels")
      raw.rename("xl/worksheets/sheet1.xml", to: "data/one")
      raw["_rels/.rels"] = raw["_rels/.rels"].replacing("xl/workbook.xml", with: "book/list.xml")
      raw["book/_rels/list.xml.rels"] = raw["book/_rels/list.xml.rels"].replacing(
        "worksheets/sheet1.xml", with: "../data/one")
    },
    raw("an image of the bomb's name") {
      $0.parts.append(("XL/media/IMAGE1.png", "not really"))
    },
    inForm(.cdata, [.cdata]), inForm(.strict, [.strict]), inForm(.prefixed, [.prefixed]),
    inForm(.capitalNames, [.capitalNames]), inForm(.backslashNames, [.backslashNames]),
    inForm(.absoluteTargets, [.absoluteTargets]), inForm(.stored, [.stored]),
    inForm(.comments, []), inForm(.instructions, []), inForm(.lyingDimension, []),
  ]
}

extension NastySource: CustomTestStringConvertible {
  var testDescription: String { name }
}
