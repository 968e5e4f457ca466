import Foundation
import Testing

@testable import HarnessWorkbooks

/// The scanner of plain sheet data, held against libxml2: both must make the same of every sheet.
@Suite struct `The scanner` {
  private static let files = ["xlsx", "isx"].flatMap { folder in
    let names = try? FileManager.default.contentsOfDirectory(atPath: TestFile.path(folder))
    return (names ?? []).filter { $0.hasSuffix(".xlsx") }.sorted().map { "\(folder)/\($0)" }
  }

  /// All that a sheet's part and the shared strings say, or why they are refused.
  private static func outcome(
    _ bytes: [UInt8], usesScanner: Bool, batchCells: Int = .max
  ) -> (lines: [String], scanned: Int) {
    var lines: [String] = []
    var scanned = 0
    func note(_ body: () throws(WorkbookError) -> Void) {
      do throws(WorkbookError) { try body() } catch { lines.append("\(error)") }
    }
    note { () throws(WorkbookError) in
      let archive = try ZipArchive(bytes, limits: WorkbookLimits())
      for name in archive.names.sorted() where name.hasPrefix("xl/sharedstrings") {
        guard let entry = archive.entry(name) else { continue }
        note { () throws(WorkbookError) in
          let strings = try WorkbookPackage.sharedStrings(
            entry, of: archive, limits: WorkbookLimits(), usesScanner: usesScanner)
          for index in 0..<strings.count {
            lines.append("\(index) \(strings[index]) \(strings.written(index))")
          }
        }
      }
      for name in archive.names.sorted() where name.hasPrefix("xl/worksheets/sheet") {
        guard let entry = archive.entry(name) else { continue }
        note { () throws(WorkbookError) in
          let reading = try SheetReading(
            entry, of: archive, stringCount: 10_000, styleCount: 1 << 16, limits: WorkbookLimits(),
            batchCells: batchCells, usesScanner: usesScanner)
          let context = CellContext(strings: SharedStrings(), formats: [], epoch: .year1900)
          while let store = try reading.nextBatch() {
            let formulas = reading.sharedFormulas
            let storage = SheetStorage(store, sharedFormulas: formulas, context: context)
            for index in 0..<storage.store.count {
              lines.append(line(storage.store.cells[index], storage))
            }
          }
          lines += reading.notes.merges.map { "merged \($0)" }
          if reading.usesScanner { scanned += 1 }
        }
      }
    }
    return (lines, scanned)
  }

  private static func line(_ stored: StoredCell, _ storage: SheetStorage) -> String {
    if case .sharedString(let index) = stored.content {
      return "\(stored.reference) \(stored.style) string \(index)"
    }
    let cell = storage.cell(stored)
    return
      "\(cell.reference) \(stored.style) \(cell.value) \(cell.rawText) \(cell.formula?.text ?? "-") "
      + "\(cell.formula?.sharedFrom.map { "\($0)" } ?? "-")"
  }

  @Test(arguments: files)
  func `makes of every file of the corpus what libxml2 makes`(file: String) throws {
    let bytes = try bytesOfFile(TestFile.path(file), limit: 1 << 24)
    let parsed = Self.outcome(bytes, usesScanner: false)
    #expect(Self.outcome(bytes, usesScanner: true).lines == parsed.lines)
    #expect(parsed.scanned == 0)
    #expect(!parsed.lines.isEmpty)
    // A batch at each row changes nothing but where the cells are kept.
    let batched = Self.outcome(bytes, usesScanner: true, batchCells: 1)
    #expect(batched.lines == parsed.lines)
  }

  @Test func `is used for most sheets of the corpus`() throws {
    var scanned = 0
    for file in Self.files {
      let bytes = try bytesOfFile(TestFile.path(file), limit: 1 << 24)
      scanned += Self.outcome(bytes, usesScanner: true).scanned
    }
    #expect(scanned > 25)
  }

  @Test(arguments: [
    "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>",
    "<row r=\"1\" x14ac:dyDescent='0.25' ><c r=\"A1\" s=\"1\" t=\"s\" ><v>0</v></c ></row >",
    "<row><c><v>1</v></c><c t=\"inlineStr\"><is><t xml:space=\"preserve\"> a &amp; b </t></is></c></row>",
    "<row><c t=\"inlineStr\"><is><t> a&#10;</t></is></c><c t=\"str\"><v> b </v></c></row>",
    "<row><c t=\"inlineStr\"><is><t xml:space='default' >\ta </t></is></c></row>",
    "<row><c t=\"inlineStr\"><is><t> \n</t></is></c><c t=\"inlineStr\"><is><t/></is></c></row>",
    "<row r=\"2\"/><row><c t=\"str\"><f t=\"shared\" si=\"0\" ref=\"A3:A4\">1&lt;2</f><v>é&#x41;</v></c></row>",
    "<row r=\"1\">\n <c r=\"A1\"/>\n <c r=\"B1\" t=\"b\"><v>1</v></c></row>\n",
    "<row r=\"1\"><c r=\"A1\"><v>12x</v></c><c r=\"B1\"><v>1e999</v></c></row>",
  ])
  func `reads the plain form`(rows: String) throws {
    let bytes = try Self.workbook(rows)
    let scanned = Self.outcome(bytes, usesScanner: true)
    #expect(scanned.lines == Self.outcome(bytes, usesScanner: false).lines)
    #expect(scanned.scanned == (rows.contains("12x") ? 0 : 1))
  }

  @Test(arguments: [
    "<row r=\"1\"><c r=\"A1\"><v>1<!-- x --></v></c></row>",
    "<row><c><v><![CDATA[7]]></v></c></row>",
    "<row><c><v>1</v><v>2</v></c></row>", "<row><x:c/></row>", "<row a=\"1\" a=\"2\"/>",
    "<row><c r=\"A&#49;\"><v>1</v></c></row>", "<row><c t=\"str\"><v>&unknown;</v></c></row>",
    "<row><c t=\"str\"><v>a]]>b</v></c></row>", "<row><c t=\"str\"><v>\u{1}</v></c></row>",
    "<row><c t=\"str\"><v>\u{FFFE}</v></c></row>", "<row><c t=\"str\"><v>&#xD800;</v></c></row>",
    "<row><c t=\"str\"><v>a\rb</v></c></row>", "<row><c r=\"A1\"b=\"2\"/></row>", "<row><c></row>",
    "<row><c/></c></row>", "<row ><c/ ></row>", "<row><c xmlns=\"urn:x\"><v>1</v></c></row>",
    "<row><c undeclared:a=\"1\"/></row>", "<row><c x14ac:a=\"1\" xml:a=\"2\"/></row>", "text",
    "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><r><t>a</t></r><r><t>b</t></r></is></c></row>",
    "<row><c r=\"A0\"/></row>", "<row r=\"0\"/>", "<row><c r=\"A<1\"/></row>", "<row",
    "<row><c><v>1",
    "</sheetData2>", "<row></row", "<row><c><f><x/></f></c></row>", "<c r=\"A1\"><v>1</v></c>",
  ])
  func `leaves what is not plain to libxml2`(rows: String) throws {
    let bytes = try Self.workbook(rows)
    let scanned = Self.outcome(bytes, usesScanner: true)
    #expect(scanned.lines == Self.outcome(bytes, usesScanner: false).lines)
    #expect(scanned.scanned == 0)
  }

  @Test(arguments: [
    "<!DOCTYPE x><worksheet xmlns=\"M\"><sheetData><row/></sheetData></worksheet>",
    "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><worksheet xmlns=\"M\"><sheetData><row/></sheetData></worksheet>",
    "<!-- <sheetData> --><worksheet xmlns=\"M\"><sheetData><row/></sheetData></worksheet>",
    "<x:worksheet xmlns:x=\"M\"><sheetData><row/></sheetData></x:worksheet>",
    "<worksheet xmlns=\"M\"><other><sheetData><row/></sheetData></other></worksheet>",
    "<worksheet xmlns=\"M\"><sheetData/><sheetData><row/></sheetData></worksheet>",
    "<worksheet xmlns=\"M\"><sheetData><row/></sheetData><b></worksheet>",
    "<worksheet xmlns=\"M\"><sheetData><row/></sheetData></worksheet>more",
    "<worksheet xmlns=\"M\"><sheetData>", "",
  ])
  func `is not used where the part is not plain`(part: String) throws {
    let raw = RawWorkbook(sheet: part.replacing("\"M\"", with: "\"\(RawWorkbook.main)\""))
    let bytes = try raw.bytes()
    #expect(
      Self.outcome(bytes, usesScanner: true).lines == Self.outcome(bytes, usesScanner: false).lines)
  }

  @Test func `goes on in libxml2 behind the rows that it has handed out`() throws {
    let rows = (1...5000).map { "<row r=\"\($0)\"><c r=\"A\($0)\"><v>\($0)</v></c></row>" }
    let odd = "<row r=\"5001\"><c r=\"A5001\"><v><![CDATA[7]]></v></c></row>"
    let bytes = try RawWorkbook(rows: rows.joined() + odd).bytes()
    var reader = try Workbook(bytes: bytes).rows(of: "Sheet1")
    var numbers: [Double?] = []
    while let row = try reader.next() { numbers.append(row[0].number) }
    #expect(numbers == (1...5000).map { Double($0) } + [7])
  }

  // Found by fuzz-sheet: the rows of a batch are passed over when the part is begun again, and so was their damage.
  @Test func `tells the damage of rows before the one that is not plain`() throws {
    let bytes = try Self.workbook(
      """
      <row r="1"><c r="A1"><v>12u4</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>\
      <row r="3"><c r="A3"><v><![CDATA[7]]></v></c></row>
      """)
    let scanned = Self.outcome(bytes, usesScanner: true, batchCells: 1)
    #expect(scanned.lines == Self.outcome(bytes, usesScanner: false, batchCells: 1).lines)
    #expect(scanned.lines.joined().contains("\"12u4\" is not a number"))
  }

  @Test(arguments: 0..<12)
  func `and libxml2 make the same of changed parts`(seed: UInt64) throws {
    var bits = seed &+ 77
    let file = Self.files[Int(seed) % Self.files.count]
    let archive = try ZipArchive(
      bytesOfFile(TestFile.path(file), limit: 1 << 24), limits: WorkbookLimits())
    let names = archive.names.sorted().filter {
      $0.hasPrefix("xl/worksheets/sheet") || $0.hasPrefix("xl/sharedstrings")
    }
    for round in 0..<60 {
      let name = names[round % names.count]
      var bytes = try archive.bytes(of: try #require(archive.entry(name)))
      for _ in 0...Int(Self.next(&bits) % 3) { Self.change(&bytes, &bits) }
      var writer = ZipWriter(.none)
      try writer.add(name, bytes)
      let changed = try writer.finish()
      let parsed = Self.outcome(changed, usesScanner: false).lines
      #expect(Self.outcome(changed, usesScanner: true).lines == parsed)
    }
  }

  private static let pieces = [
    " xml:space=\"preserve\"", "<v>", "</v>", "<c>", "</c>", "<row>", "</row>", "<f/>", "<is>",
    "&amp;", "&#10;", "<!---->", "]]>", " a=\"1\"", " r=\"A1\"", "<x:y/>", "\u{0}", "é", "\r\n",
    "/", ">", "<", "'", "\"", "&",
    ":",
  ]

  private static func change(_ bytes: inout [UInt8], _ bits: inout UInt64) {
    guard !bytes.isEmpty else { return }
    let place = Int(next(&bits) % UInt64(bytes.count))
    switch next(&bits) % 4 {
    case 0: bytes[place] = UInt8(truncatingIfNeeded: next(&bits))
    case 1:
      bytes.insert(contentsOf: pieces[Int(next(&bits) % UInt64(pieces.count))].utf8, at: place)
    case 2: bytes.removeSubrange(place..<min(bytes.count, place + Int(next(&bits) % 12)))
    default: bytes[place] = Array("<>/=\"&;09ARstv: ".utf8)[Int(next(&bits) % 16)]
    }
  }

  private static func next(_ bits: inout UInt64) -> UInt64 {
    bits = bits &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return bits >> 33
  }

  private static func workbook(_ rows: String) throws -> [UInt8] {
    try RawWorkbook(
      sheet:
        "<worksheet xmlns=\"\(RawWorkbook.main)\" xmlns:x14ac=\"urn:a\" xmlns:x=\"urn:x\"><sheetData>\(rows)</sheetData></worksheet>"
    ).bytes()
  }
}
