import HarnessWorkbooks
import Testing

@testable import struct HarnessWorkbooks.NumberFormat

@Suite struct `Dates` {
  @Test(arguments: [
    ("0", 0, "00:00:00"), ("0.5", 0, "12:00:00"), ("1", 0, "1900-01-01"),
    ("59", 0, "1900-02-28"), ("60", 0, "1900-02-29"), ("61", 0, "1900-03-01"),
    ("45832", 0, "2025-06-24"), ("45832.573170", 0, "2025-06-24T13:45:21.888"),
    ("2958465", 0, "9999-12-31"), ("2958466", 0, "2958466"), ("-1", 0, "-1"),
    ("0.9999999999", 0, "23:59:59.999"), ("45831.9999999999", 0, "2025-06-24"),
    ("0", 1, "1904-01-01"), ("0.25", 1, "1904-01-01T06:00:00"), ("1", 1, "1904-01-02"),
    ("44370", 1, "2025-06-24"),
  ])
  func `are counted from the epoch of the workbook`(
    serial: String, date1904: Int, shown: String
  ) throws {
    var raw = RawWorkbook(
      rows: "<row><c r=\"A1\" s=\"1\"><v>\(serial)</v></c></row>",
      styles: "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>")
    raw["xl/workbook.xml"] = raw["xl/workbook.xml"].replacing(
      "<sheets>", with: "<workbookPr date1904=\"\(date1904)\"/><sheets>")
    let cell = try raw.sheet()["A1"]
    #expect("\(cell.value)" == shown)
    #expect(cell.rawText == serial)
  }

  @Test(
    arguments: [
      ("yyyy/mm/dd", .date), ("[$-409]d-mmm-yy;@", .date), ("h:mm AM/PM", .date),
      ("mmm", .date), ("\"day \"0", .number), ("\\d0", .number), ("_d0", .number),
      ("0*d", .number), ("[Red]0.00", .number), ("[h]:mm", .duration), ("[mm]:ss", .duration),
      ("General", .number), ("general;[Red]d", .number), ("0.00E+00", .number), ("0.00;d", .number),
      ("#,##0", .number), ("[>100]d/m", .date), ("e", .date), ("@", .number), ("", .number),
    ] as [(String, NumberFormat.Meaning)])
  func `are told by the code of the number format`(code: String, meaning: NumberFormat.Meaning) {
    #expect(NumberFormat(code: code).meaning == meaning)
  }

  @Test(
    arguments: [
      (0, .number), (9, .number), (14, .date), (22, .date), (30, .date), (45, .date),
      (46, .duration), (47, .date), (49, .number), (57, .date), (163, .number),
    ] as [(Int, NumberFormat.Meaning)])
  func `are told by the number of a built-in format`(id: Int, meaning: NumberFormat.Meaning) {
    #expect(NumberFormat(builtIn: id).meaning == meaning)
  }

  @Test(arguments: [
    ("h:mm", false), ("mm:ss.0", false), ("yyyy", true), ("hh:mm d", true), ("[h]", false),
    ("0;d", false), ("\"d\" h", false),
  ])
  func `show a day by the code of the number format`(code: String, showsDay: Bool) {
    #expect(NumberFormat(code: code).showsDay == showsDay)
  }

  @Test(arguments: [
    ("yyyy-mm-dd;@", "45832", "2025-06-24"), ("0.00;yyyy-mm-dd", "45832", "45832"),
    ("[<1]h:mm;yyyy-mm-dd", "0.5", "12:00:00"), ("[<1]h:mm;yyyy-mm-dd", "45832", "2025-06-24"),
    ("[>=40000]yyyy;0", "39999", "39999"), ("[>=40000]yyyy;0", "45832", "2025-06-24"),
    ("h:mm;;0", "0", "0"), ("h:mm;;0", "0.25", "06:00:00"), ("[h]:mm;-[h]:mm", "-0.5", "-12:00:00"),
    ("[Red][<>5]0;yyyy", "5", "1900-01-05"), ("0;0;0;yyyy", "45832", "45832"),
    ("\"a;b\"yyyy", "45832", "2025-06-24"), ("\\;yyyy", "45832", "2025-06-24"),
  ])
  func `are told by the section that applies to the number`(
    code: String, serial: String, shown: String
  ) throws {
    let code = code.replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
    let cell = try RawWorkbook(
      rows: "<row><c r=\"A1\" s=\"0\"><v>\(serial)</v></c></row>",
      styles:
        "<numFmts><numFmt numFmtId=\"164\" formatCode=\"\(code)\"/></numFmts><cellXfs><xf numFmtId=\"164\"/></cellXfs>"
    ).sheet()["A1"]
    #expect("\(cell.value)" == shown)
  }

  @Test(arguments: [("-1", 14, true), ("2958466", 14, true), ("1", 14, false), ("-1", 0, false)])
  func `that there are not are numbers, and the cell says so`(
    serial: String, format: Int, isOutOfRange: Bool
  ) throws {
    let cell = try RawWorkbook(
      rows: "<row><c r=\"A1\" s=\"0\"><v>\(serial)</v></c></row>",
      styles: "<cellXfs><xf numFmtId=\"\(format)\"/></cellXfs>"
    ).sheet()["A1"]
    #expect(cell.isOutOfRange == isOutOfRange)
    #expect(cell.number == (isOutOfRange || format == 0 ? Double(serial) : nil))
  }

  @Test func `under a time format are times from 1904 on too`() throws {
    var raw = RawWorkbook(
      rows: "<row><c s=\"0\"><v>0.25</v></c></row>",
      styles: "<cellXfs><xf numFmtId=\"20\"/></cellXfs>")
    raw["xl/workbook.xml"] = raw["xl/workbook.xml"].replacing(
      "<sheets>", with: "<workbookPr date1904=\"1\"/><sheets>")
    #expect(try raw.sheet()["A1"].value == .time(SheetTime("06:00")!))
  }

  @Test func `under an elapsed format are durations`() throws {
    let cell = try RawWorkbook(
      rows: "<row><c r=\"A1\" s=\"0\"><v>1.5</v></c></row>",
      styles: "<cellXfs><xf numFmtId=\"46\"/></cellXfs>"
    ).sheet()["A1"]
    #expect(cell.value == .duration(.seconds(36 * 3600)))
  }

  @Test func `and durations have a text however long they are`() {
    #expect(CellValue.duration(.seconds(-90)).description == "-0:01:30")
    #expect(
      CellValue.duration(.seconds(Int64.max)).description == Duration.seconds(Int64.max).description
    )
  }

  @Test func `come from the styles of cells, not from others`() throws {
    let cell = try RawWorkbook(
      rows: "<row><c r=\"A1\" s=\"0\"><v>1.5</v></c></row>",
      styles: """
        <numFmts><numFmt numFmtId="164" formatCode="0.0"/></numFmts>\
        <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="164"/></cellXfs>\
        <dxfs><dxf><numFmt numFmtId="164" formatCode="yyyy"/></dxf></dxfs>
        """
    ).sheet()["A1"]
    #expect(cell.value == .number(1.5))
    #expect(cell.formatCode == "0.0")
  }

  @Test(arguments: [
    "2025-02-29", "2025-13-01", "2025-1-1", "1900-02-30", "0000-01-01", "x", "+202-01-01",
    "2025-+6-24",
  ])
  func `that do not exist are none`(text: String) {
    #expect(SheetDate(text) == nil)
  }
}
