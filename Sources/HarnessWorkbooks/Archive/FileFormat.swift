/// What a file is by its bytes, whatever its name says.
enum FileFormat {
  /// A ZIP archive, so perhaps a workbook.
  case archive
  /// Something else, with the kind of error to name it and a sentence on it.
  case other(WorkbookError.Kind, String)

  init(_ bytes: [UInt8]) {
    let file = ByteReader(bytes: bytes)
    if bytes.isEmpty {
      self = .other(.emptyFile, "the file is empty")
    } else if file.starts(with: [0x50, 0x4B]) {
      self = .archive
    } else if file.starts(with: OLEDirectory.signature) {
      self = Self.compoundFile(OLEDirectory(file))
    } else {
      self = Self.text(bytes)
    }
  }

  private static func compoundFile(_ directory: OLEDirectory) -> FileFormat {
    if directory.names.contains("EncryptedPackage") {
      return .other(.encrypted, "the workbook is locked with a password")
    }
    if !directory.names.isDisjoint(with: ["Workbook", "Book"]) {
      return .other(.xls, "this is a workbook of Excel 97 to 2003 (.xls); save it as .xlsx")
    }
    return .other(.notAWorkbook, "this is an OLE compound file without a workbook")
  }

  private static func text(_ bytes: [UInt8]) -> FileFormat {
    let notText = FileFormat.other(.notAWorkbook, "this is not a workbook: it is no ZIP archive")
    let start = bytes.prefix(4096)
    // Bytes cut within a character become U+FFFD at the end, which is no harm.
    guard !start.contains(0) else { return notText }
    let text = String(decoding: start, as: UTF8.self).lowercased()
    let trimmed = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
    if trimmed.hasPrefix("<") {
      if trimmed.contains("urn:schemas-microsoft-com:office:spreadsheet") {
        return .other(
          .spreadsheetML, "this is a workbook as one XML document (Excel 2003); save it as .xlsx")
      }
      if ["<html", "<!doctype html", "<table"].contains(where: trimmed.contains) {
        return .other(.html, "this is an HTML page, however it is named")
      }
      return notText
    }
    let lines = trimmed.split(whereSeparator: \.isNewline)
    if let line = lines.first, line.contains(where: { ",;\t".contains($0) }) {
      return .other(.csv, "this is text in columns (CSV), no workbook")
    }
    return notText
  }
}
