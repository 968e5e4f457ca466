@testable import HarnessWorkbooks

/// A workbook put together part by part, so that a test can write what no writer would.
struct RawWorkbook {
  static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  static let relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  static let package = "http://schemas.openxmlformats.org/package/2006/relationships"

  var parts: [(name: String, xml: String)]

  /// A workbook with one sheet, `Sheet1`, that has this XML inside of `sheetData`.
  init(rows: String = "", strings: String? = nil, styles: String? = nil) {
    self.init(
      sheet: "<worksheet xmlns=\"\(Self.main)\"><sheetData>\(rows)</sheetData></worksheet>",
      strings: strings, styles: styles)
  }

  /// A workbook with one sheet, `Sheet1`, of this part.
  init(sheet: String, strings: String? = nil, styles: String? = nil) {
    parts = [
      (
        "_rels/.rels",
        "<Relationships xmlns=\"\(Self.package)\"><Relationship Id=\"a\" Type=\"\(Self.relationships)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
      ),
      (
        "xl/workbook.xml",
        "<workbook xmlns=\"\(Self.main)\" xmlns:r=\"\(Self.relationships)\"><sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>"
      ),
      (
        "xl/_rels/workbook.xml.rels",
        "<Relationships xmlns=\"\(Self.package)\"><Relationship Id=\"a\" Type=\"\(Self.relationships)/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"b\" Type=\"\(Self.relationships)/sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"c\" Type=\"\(Self.relationships)/styles\" Target=\"styles.xml\"/></Relationships>"
      ),
      ("xl/worksheets/sheet1.xml", sheet),
    ]
    if let strings {
      parts.append(("xl/sharedStrings.xml", "<sst xmlns=\"\(Self.main)\">\(strings)</sst>"))
    }
    if let styles {
      parts.append(("xl/styles.xml", "<styleSheet xmlns=\"\(Self.main)\">\(styles)</styleSheet>"))
    }
  }

  subscript(_ name: String) -> String {
    get { parts.first { $0.name == name }!.xml }
    set { parts[parts.firstIndex { $0.name == name }!].xml = newValue }
  }

  mutating func rename(_ name: String, to other: String) {
    parts[parts.firstIndex { $0.name == name }!].name = other
  }

  func bytes(_ compression: WorkbookWriter.Compression = .none) throws -> [UInt8] {
    var archive = try archive(compression)
    return try archive.finish()
  }

  /// The bytes with one more part, which need not be UTF-8.
  func bytes(
    adding name: String, _ content: [UInt8], _ compression: WorkbookWriter.Compression = .none
  ) throws -> [UInt8] {
    var archive = try archive(compression)
    try archive.add(name, content)
    return try archive.finish()
  }

  private func archive(_ compression: WorkbookWriter.Compression) throws -> ZipWriter {
    var archive = ZipWriter(compression)
    for part in parts { try archive.add(part.name, Array(part.xml.utf8)) }
    return archive
  }

  func sheet() throws -> Sheet {
    try Workbook(bytes: bytes(), name: "raw.xlsx").sheet("Sheet1")
  }
}
