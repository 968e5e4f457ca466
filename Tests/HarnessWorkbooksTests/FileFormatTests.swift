import HarnessWorkbooks
import Testing

@testable import struct HarnessWorkbooks.ZipWriter

/// Files that are no .xlsx, each named for what it is.
@Suite struct `Other files` {
  private static func error(_ bytes: [UInt8]) -> WorkbookError? {
    #expect(throws: WorkbookError.self) { try Workbook(bytes: bytes, name: "report.xlsx") }
  }

  @Test(
    arguments: [
      ("", .emptyFile, "the file is empty"),
      ("Code,Close\nBBOB,1.45\n", .csv, "this is text in columns (CSV), no workbook"),
      ("Code\tClose\r\nBBOB\t1.45\r\n", .csv, "this is text in columns (CSV), no workbook"),
      (
        "\u{FEFF}  <!DOCTYPE html><html></html>", .html, "this is an HTML page, however it is named"
      ),
      ("<table><tr><td>1</td></tr></table>", .html, "this is an HTML page, however it is named"),
      (
        "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>",
        .spreadsheetML, "this is a workbook as one XML document (Excel 2003); save it as .xlsx"
      ),
      ("just words", .notAWorkbook, "this is not a workbook: it is no ZIP archive"),
      ("%PDF-1.7\u{0}", .notAWorkbook, "this is not a workbook: it is no ZIP archive"),
    ] as [(String, WorkbookError.Kind, String)])
  func `of text are named`(text: String, kind: WorkbookError.Kind, reason: String) {
    let error = Self.error(Array(text.utf8))
    #expect(error?.kind == kind)
    #expect(error?.description == "report.xlsx: \(reason)")
  }

  @Test(
    arguments: [
      (["Root Entry", "EncryptionInfo", "EncryptedPackage"], .encrypted),
      (["Root Entry", "Workbook"], .xls), (["Root Entry", "Book"], .xls),
      (["Root Entry", "WordDocument"], .notAWorkbook),
    ] as [([String], WorkbookError.Kind)])
  func `in OLE containers are named`(names: [String], kind: WorkbookError.Kind) {
    #expect(Self.error(Self.compoundFile(names))?.kind == kind)
  }

  @Test(
    arguments: [
      (["mimetype", "content.xml"], .openDocument), (["xl/workbook.bin"], .xlsb),
      (["word/document.xml"], .notAWorkbook), ([], .notAWorkbook),
    ] as [([String], WorkbookError.Kind)])
  func `in ZIP archives are named`(names: [String], kind: WorkbookError.Kind) throws {
    var archive = ZipWriter(.none)
    for name in names { try archive.add(name, []) }
    #expect(Self.error(try archive.finish())?.kind == kind)
  }

  @Test func `that are not there are named with their path`() {
    let error = #expect(throws: WorkbookError.self) { try Workbook(path: "/nowhere/report.xlsx") }
    #expect(error?.kind == .notFound)
    #expect(error?.description == "report.xlsx: there is no file /nowhere/report.xlsx")
  }

  @Test func `with a document type declaration in a part are refused`() throws {
    var raw = RawWorkbook()
    raw["xl/worksheets/sheet1.xml"] =
      "<!DOCTYPE w [<!ENTITY a \"&a;&a;\">]>" + raw["xl/worksheets/sheet1.xml"]
    let error = #expect(throws: WorkbookError.self) { try raw.sheet() }
    #expect(
      error?.description
        == "raw.xlsx, xl/worksheets/sheet1.xml, sheet \"Sheet1\", line 1: it has a document type declaration, which no workbook needs and none may have"
    )
  }

  @Test func `with parts that are not well-formed are refused with the line`() throws {
    let error = #expect(throws: WorkbookError.self) {
      try RawWorkbook(rows: "\n<row>\n<c></row>").sheet()
    }
    #expect(error?.kind == .damagedPart)
    #expect(error?.line == 3)
    #expect(error?.reason.hasPrefix("it is not well-formed XML: Opening and ending tag") == true)
  }

  @Test func `with other documents in place of parts are refused`() throws {
    let error = #expect(throws: WorkbookError.self) {
      try RawWorkbook(sheet: "<worksheet/>").sheet()
    }
    #expect(
      error?.reason
        == "its root element is worksheet in the namespace \"\", not worksheet of the vocabulary")
  }

  @Test func `nested too deeply are refused`() throws {
    let depth = 70
    let error = #expect(throws: WorkbookError.self) {
      try RawWorkbook(
        rows: String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)
      ).sheet()
    }
    #expect(error?.kind == .limitExceeded)
  }

  /// An OLE compound file with a directory of these names in one sector, and nothing else.
  private static func compoundFile(_ names: [String]) -> [UInt8] {
    var header = [UInt8](repeating: 0, count: 512)
    header.replaceSubrange(0..<8, with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
    header[30] = 9
    // The directory is in sector 1, the table of sectors in sector 0.
    header[48] = 1
    var table = [UInt8](repeating: 0xFF, count: 512)
    table[4] = 0xFE
    var directory: [UInt8] = []
    for name in names {
      var entry = [UInt8](repeating: 0, count: 128)
      for (index, unit) in name.utf16.enumerated() { entry[index * 2] = UInt8(unit) }
      entry[64] = UInt8(name.utf16.count * 2 + 2)
      directory += entry
    }
    directory += [UInt8](repeating: 0, count: 512 - directory.count)
    return header + table + directory
  }
}
