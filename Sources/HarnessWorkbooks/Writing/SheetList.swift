/// The sheets of a workbook to be written, and the parts that list them.
struct SheetList: Sendable {
  private let epoch: DateEpoch
  private var sheets: [(name: String, visibility: SheetVisibility)] = []
  private var sheetNames: Set<String> = []
  private var tableCount = 0
  private var tableNames: Set<String> = []
  private var tableParts: [(name: String, content: String)] = []

  static let main = "\(XMLNamespace.spreadsheet[0])"
  static let relationships = "\(XMLNamespace.relationships[0])"
  private static let package = XMLNamespace.packageRelationships[0]
  private static let declaration = "\(XMLBuffer.declaration)"
  private static let contentType = "application/vnd.openxmlformats-officedocument.spreadsheetml"
  // Formats below are the built-in ones.
  static let firstFormatID = 164

  init(epoch: DateEpoch) { self.epoch = epoch }

  var count: Int { sheets.count }
  var lastName: String? { sheets.last?.name }

  /// Adds a sheet behind the others.
  ///
  /// Throws the kind `unwritable` for a name that Excel refuses.
  mutating func add(_ name: String, visibility: SheetVisibility) throws(WorkbookError) {
    if let problem = SheetNameRule.problem(name) { throw WorkbookError(.unwritable, problem) }
    guard sheetNames.insert(name.lowercased()).inserted else {
      throw WorkbookError(
        .unwritable,
        "there already is a sheet \(shown(name)), in whatever case (MS-OI29500, section 2.1.578)")
    }
    sheets.append((name, visibility))
  }

  /// Adds the tables of the last sheet.
  ///
  /// Throws the kind `unwritable` when another table has the name of one.
  mutating func add(_ tables: [SheetTable]) throws(WorkbookError) {
    guard !tables.isEmpty else { return }
    var links = "\(Self.declaration)<Relationships xmlns=\"\(Self.package)\">"
    for (index, table) in tables.enumerated() {
      guard tableNames.insert(table.name.lowercased()).inserted else {
        throw WorkbookError(
          .unwritable, "there already is a table \(shown(table.name))", sheet: sheets.last?.name)
      }
      tableCount += 1
      tableParts.append(("xl/tables/table\(tableCount).xml", xml(table, id: tableCount)))
      links +=
        "<Relationship Id=\"rId\(index + 1)\" Type=\"\(Self.relationships)/table\" Target=\"../tables/table\(tableCount).xml\"/>"
    }
    tableParts.append(
      ("xl/worksheets/_rels/sheet\(count).xml.rels", links + "</Relationships>"))
  }

  /// The parts of the tables that were added since they were last taken.
  mutating func takeTableParts() -> [(name: String, content: String)] {
    defer { tableParts = [] }
    return tableParts
  }

  private func xml(_ table: SheetTable, id: Int) -> String {
    let name = xmlEscaped(escaped(table.name))
    var xml =
      "\(Self.declaration)<table xmlns=\"\(Self.main)\" id=\"\(id)\" name=\"\(name)\" displayName=\"\(name)\" ref=\"\(table.range)\""
    xml += table.totalsRows > 0 ? " totalsRowCount=\"1\">" : " totalsRowShown=\"0\">"
    let last = table.range.last
    let filtered = CellRange(
      table.range.first,
      CellReference(checkedColumn: last.column, row: last.row - table.totalsRows))
    xml += "<autoFilter ref=\"\(filtered)\"/><tableColumns count=\"\(table.columns.count)\">"
    for (index, column) in table.columns.enumerated() {
      xml += "<tableColumn id=\"\(index + 1)\" name=\"\(xmlEscaped(escaped(column)))\"/>"
    }
    return xml
      + "</tableColumns><tableStyleInfo name=\"TableStyleMedium2\" showRowStripes=\"1\"/></table>"
  }

  /// Throws the kind `unwritable` when no sheet is visible.
  func check() throws(WorkbookError) {
    guard sheets.contains(where: { $0.visibility == .visible }) else {
      throw WorkbookError(.unwritable, "a workbook needs a visible sheet")
    }
  }

  /// The parts that list the sheets, with their names.
  func parts(formats: [String]) -> [(name: String, content: String)] {
    [
      ("[Content_Types].xml", contentTypes), ("xl/workbook.xml", workbook),
      ("xl/_rels/workbook.xml.rels", workbookRelationships), ("xl/styles.xml", styles(formats)),
    ]
  }

  static var packageRelationships: String {
    """
    \(declaration)<Relationships xmlns="\(package)">\
    <Relationship Id="rId1" Type="\(relationships)/officeDocument" Target="xl/workbook.xml"/>\
    </Relationships>
    """
  }
}

extension SheetList {
  private var contentTypes: String {
    var xml = """
      \(Self.declaration)<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
      <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
      <Default Extension="xml" ContentType="application/xml"/>\
      <Override PartName="/xl/workbook.xml" ContentType="\(Self.contentType).sheet.main+xml"/>
      """
    func add(_ name: String, _ type: String) {
      xml +=
        "<Override PartName=\"/xl/\(name).xml\" ContentType=\"\(Self.contentType).\(type)+xml\"/>"
    }
    for number in 1...count { add("worksheets/sheet\(number)", "worksheet") }
    for number in 0..<tableCount { add("tables/table\(number + 1)", "table") }
    add("styles", "styles")
    add("sharedStrings", "sharedStrings")
    return xml + "</Types>"
  }

  private var workbookRelationships: String {
    var xml = "\(Self.declaration)<Relationships xmlns=\"\(Self.package)\">"
    func add(_ number: Int, _ type: String, _ target: String) {
      xml +=
        "<Relationship Id=\"rId\(number)\" Type=\"\(Self.relationships)/\(type)\" Target=\"\(target)\"/>"
    }
    for number in 1...count { add(number, "worksheet", "worksheets/sheet\(number).xml") }
    add(count + 1, "styles", "styles.xml")
    add(count + 2, "sharedStrings", "sharedStrings.xml")
    return xml + "</Relationships>"
  }

  private var workbook: String {
    var xml =
      "\(Self.declaration)<workbook xmlns=\"\(Self.main)\" xmlns:r=\"\(Self.relationships)\">"
    if epoch == .year1904 { xml += "<workbookPr date1904=\"1\"/>" }
    // A hidden first sheet must not be the active one.
    let first = sheets.firstIndex { $0.visibility == .visible } ?? 0
    if first > 0 { xml += "<bookViews><workbookView activeTab=\"\(first)\"/></bookViews>" }
    xml += "<sheets>"
    for (index, sheet) in sheets.enumerated() {
      let state =
        switch sheet.visibility {
        case .visible: ""
        case .hidden: " state=\"hidden\""
        case .veryHidden: " state=\"veryHidden\""
        }
      let name = xmlEscaped(escaped(sheet.name))
      xml += "<sheet name=\"\(name)\" sheetId=\"\(index + 1)\"\(state) r:id=\"rId\(index + 1)\"/>"
    }
    return xml + "</sheets></workbook>"
  }

  private func styles(_ formats: [String]) -> String {
    var xml = "\(Self.declaration)<styleSheet xmlns=\"\(Self.main)\">"
    if !formats.isEmpty {
      xml += "<numFmts count=\"\(formats.count)\">"
      for (index, code) in formats.enumerated() {
        xml +=
          "<numFmt numFmtId=\"\(Self.firstFormatID + index)\" formatCode=\"\(xmlEscaped(escaped(code)))\"/>"
      }
      xml += "</numFmts>"
    }
    xml += """
      <fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>\
      <fills count="2"><fill><patternFill patternType="none"/></fill>\
      <fill><patternFill patternType="gray125"/></fill></fills>\
      <borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
      <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
      <cellXfs count="\(formats.count + 1)">\
      <xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
      """
    for index in formats.indices {
      xml +=
        "<xf numFmtId=\"\(Self.firstFormatID + index)\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
    }
    return xml + """
      </cellXfs>\
      <cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>\
      </styleSheet>
      """
  }
}
