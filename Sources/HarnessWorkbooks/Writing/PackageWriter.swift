/// Writes the parts of a workbook into an archive: each sheet as it comes, and at the end what lists them.
struct PackageWriter: ~Copyable {
  private var archive: ZipWriter
  private var encoder: CellEncoder
  private var xml = XMLBuffer()
  private var list: SheetList
  private var lastRow = 0
  private var isRowOpen = false

  // When that much XML has gathered it goes to the archive.
  private static let flushSize = 64 * 1024

  init(
    _ output: consuming ByteOutput, epoch: DateEpoch, compression: WorkbookWriter.Compression,
    texts: WorkbookWriter.Texts
  ) throws(WorkbookError) {
    archive = ZipWriter(compression, output)
    encoder = CellEncoder(epoch: epoch, texts: texts)
    list = SheetList(epoch: epoch)
    // First, so that a program which looks at the start of a file can tell what it is.
    try archive.add("_rels/.rels", Array(SheetList.packageRelationships.utf8))
  }

  /// Begins a sheet.
  ///
  /// Throws the kind `unwritable` for a name that Excel refuses.
  mutating func beginSheet(
    _ name: String, visibility: SheetVisibility, widths: [Int: Double]
  ) throws(WorkbookError) {
    try list.add(name, visibility: visibility)
    try archive.begin("xl/worksheets/sheet\(list.count).xml")
    lastRow = 0
    xml.raw(XMLBuffer.declaration)
    xml.raw("<worksheet xmlns=\"\(SheetList.main)\" xmlns:r=\"\(SheetList.relationships)\">")
    if !widths.isEmpty {
      xml.raw("<cols>")
      for (column, width) in widths.sorted(by: { $0.key < $1.key }) {
        xml.raw("<col min=\"\(column)\" max=\"\(column)\" width=\"")
        xml.number(width)
        xml.raw("\" customWidth=\"1\"/>")
      }
      xml.raw("</cols>")
    }
    xml.raw("<sheetData>")
  }

  /// Writes a cell; cells come row by row, and from left to right.
  mutating func append(
    _ content: CellContent, column: Int, row: Int
  ) throws(WorkbookError) {
    if row != lastRow {
      try endRow()
      lastRow = row
    }
    let start = xml.bytes.count
    if !isRowOpen {
      xml.raw("<row r=\"")
      xml.number(row)
      xml.raw("\">")
    }
    let opened = xml.bytes.count
    do throws(WorkbookError) {
      try encoder.append(content, column: column, row: row, to: &xml)
    } catch {
      var error = error
      error.sheet = list.lastName
      throw error
    }
    if !isRowOpen {
      // A row without cells is not written.
      if xml.bytes.count == opened { xml.cut(to: start) } else { isRowOpen = true }
    }
  }

  private mutating func endRow() throws(WorkbookError) {
    guard isRowOpen else { return }
    isRowOpen = false
    xml.raw("</row>")
    if xml.bytes.count >= Self.flushSize { try flush() }
  }

  private mutating func flush() throws(WorkbookError) {
    try archive.append(xml.bytes)
    xml.clear()
  }

  /// Ends the sheet.
  mutating func endSheet(merges: [CellRange], tables: [SheetTable]) throws(WorkbookError) {
    try endRow()
    xml.raw("</sheetData>")
    if !merges.isEmpty {
      xml.raw("<mergeCells count=\"\(merges.count)\">")
      for range in merges { xml.raw("<mergeCell ref=\"\(range)\"/>") }
      xml.raw("</mergeCells>")
    }
    if !tables.isEmpty {
      xml.raw("<tableParts count=\"\(tables.count)\">")
      for index in tables.indices { xml.raw("<tablePart r:id=\"rId\(index + 1)\"/>") }
      xml.raw("</tableParts>")
    }
    xml.raw("</worksheet>")
    try flush()
    try archive.end()
    try list.add(tables)
    for (name, content) in list.takeTableParts() { try archive.add(name, Array(content.utf8)) }
  }

  /// Writes what lists the sheets; the bytes of a workbook in memory.
  ///
  /// Throws the kind `unwritable` when no sheet is visible.
  mutating func finish() throws(WorkbookError) -> [UInt8] {
    try list.check()
    for (name, content) in list.parts(
      formats: (0..<encoder.formats.count).map { encoder.formats[$0] })
    {
      try archive.add(name, Array(content.utf8))
    }
    try writeSharedStrings()
    return try archive.finish()
  }

  private mutating func writeSharedStrings() throws(WorkbookError) {
    try archive.begin("xl/sharedStrings.xml")
    xml.raw(XMLBuffer.declaration)
    xml.raw("<sst xmlns=\"\(SheetList.main)\" uniqueCount=\"\(encoder.strings.count)\">")
    for number in 0..<encoder.strings.count {
      xml.raw("<si>")
      CellEncoder.append(encoder.strings[number], to: &xml)
      xml.raw("</si>")
      if xml.bytes.count >= Self.flushSize { try flush() }
    }
    xml.raw("</sst>")
    try flush()
    try archive.end()
  }
}
