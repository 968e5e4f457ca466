/// The parts of a workbook to be written, as XML.
struct WorkbookParts {
  private let epoch: DateEpoch
  private var sheets: [(sheet: SheetWriter, xml: String)] = []
  // Texts and formats in the order of their first use, so that the same input gives the same parts.
  private var strings = Numbering()
  private var formats = Numbering()

  private static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
  private static let main = XMLNamespace.spreadsheet[0]
  private static let relationships = XMLNamespace.relationships[0]
  private static let package = XMLNamespace.packageRelationships[0]
  private static let contentType = "application/vnd.openxmlformats-officedocument.spreadsheetml"
  // Formats below are the built-in ones.
  private static let firstFormatID = 164

  init(epoch: DateEpoch) { self.epoch = epoch }

  /// The parts with their names, in the order of the archive.
  var all: [(name: String, xml: String)] {
    [
      ("[Content_Types].xml", contentTypes), ("_rels/.rels", packageRelationships),
      ("xl/workbook.xml", workbook), ("xl/_rels/workbook.xml.rels", workbookRelationships),
    ]
      + sheets.enumerated().map { ("xl/worksheets/sheet\($0.offset + 1).xml", $0.element.xml) } + [
        ("xl/styles.xml", styles), ("xl/sharedStrings.xml", sharedStrings),
      ]
  }

  /// Adds a sheet, with the texts and formats of its cells.
  mutating func add(_ sheet: SheetWriter) throws(WorkbookError) {
    var xml = "\(Self.declaration)<worksheet xmlns=\"\(Self.main)\">"
    if !sheet.widths.isEmpty {
      xml += "<cols>"
      for (column, width) in sheet.widths.sorted(by: { $0.key < $1.key }) {
        xml +=
          "<col min=\"\(column)\" max=\"\(column)\" width=\"\(shortest(width))\" customWidth=\"1\"/>"
      }
      xml += "</cols>"
    }
    xml += "<sheetData>"
    var row = 0
    for (reference, content) in sheet.cells.sorted(by: { $0.key < $1.key }) {
      let cell = try self.cell(content, at: reference, of: sheet)
      if cell.isEmpty { continue }
      if reference.row != row {
        if row > 0 { xml += "</row>" }
        row = reference.row
        xml += "<row r=\"\(row)\">"
      }
      xml += cell
    }
    if row > 0 { xml += "</row>" }
    xml += "</sheetData>"
    if !sheet.merges.isEmpty {
      xml += "<mergeCells count=\"\(sheet.merges.count)\">"
      for range in sheet.merges { xml += "<mergeCell ref=\"\(range)\"/>" }
      xml += "</mergeCells>"
    }
    sheets.append((sheet, xml + "</worksheet>"))
  }

  private mutating func cell(
    _ content: CellContent, at reference: CellReference, of sheet: SheetWriter
  ) throws(WorkbookError) -> String {
    let format = content.writtenFormat
    let style = format.map { formats.number($0) + 1 } ?? 0
    let formula = content.formula.map { "<f>\(xmlEscaped(escaped($0)))</f>" } ?? ""
    let type: String
    let value: String
    switch content.value {
    case .empty: (type, value) = ("", "")
    case .number(let number): (type, value) = ("", shortest(number))
    case .text(let text) where content.formula != nil:
      (type, value) = (" t=\"str\"", xmlEscaped(escaped(text)))
    case .text(let text): (type, value) = (" t=\"s\"", "\(strings.number(text))")
    case .boolean(let boolean): (type, value) = (" t=\"b\"", boolean ? "1" : "0")
    case .error(let error): (type, value) = (" t=\"e\"", xmlEscaped(error.code))
    case .date(let point):
      guard let serial = epoch.serial(of: point) else {
        throw sheet.unwritable(
          "\(point.date) lies before the first day of the workbook", at: reference)
      }
      (type, value) = ("", shortest(serial))
    case .time(let time):
      (type, value) = ("", shortest(Double(time.millisecondOfDay) / 86_400_000))
    case .duration(let duration):
      let parts = duration.components
      let seconds = Double(parts.seconds) + Double(parts.attoseconds) / 1e18
      (type, value) = ("", shortest(seconds / 86_400))
    }
    if value.isEmpty, formula.isEmpty, style == 0, type.isEmpty { return "" }
    let start = "<c r=\"\(reference)\"\(style == 0 ? "" : " s=\"\(style)\"")\(type)"
    if formula.isEmpty, type.isEmpty, value.isEmpty { return "\(start)/>" }
    return "\(start)>\(formula)<v>\(value)</v></c>"
  }
}

extension WorkbookParts {
  private var contentTypes: String {
    var xml = """
      \(Self.declaration)<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
      <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
      <Default Extension="xml" ContentType="application/xml"/>\
      <Override PartName="/xl/workbook.xml" ContentType="\(Self.contentType).sheet.main+xml"/>
      """
    for number in 1...sheets.count {
      xml +=
        "<Override PartName=\"/xl/worksheets/sheet\(number).xml\" ContentType=\"\(Self.contentType).worksheet+xml\"/>"
    }
    return xml + """
      <Override PartName="/xl/styles.xml" ContentType="\(Self.contentType).styles+xml"/>\
      <Override PartName="/xl/sharedStrings.xml" ContentType="\(Self.contentType).sharedStrings+xml"/>\
      </Types>
      """
  }

  private var packageRelationships: String {
    """
    \(Self.declaration)<Relationships xmlns="\(Self.package)">\
    <Relationship Id="rId1" Type="\(Self.relationships)/officeDocument" Target="xl/workbook.xml"/>\
    </Relationships>
    """
  }

  private var workbookRelationships: String {
    var xml = "\(Self.declaration)<Relationships xmlns=\"\(Self.package)\">"
    func add(_ number: Int, _ type: String, _ target: String) {
      xml +=
        "<Relationship Id=\"rId\(number)\" Type=\"\(Self.relationships)/\(type)\" Target=\"\(target)\"/>"
    }
    for number in 1...sheets.count { add(number, "worksheet", "worksheets/sheet\(number).xml") }
    add(sheets.count + 1, "styles", "styles.xml")
    add(sheets.count + 2, "sharedStrings", "sharedStrings.xml")
    return xml + "</Relationships>"
  }

  private var workbook: String {
    var xml =
      "\(Self.declaration)<workbook xmlns=\"\(Self.main)\" xmlns:r=\"\(Self.relationships)\">"
    if epoch == .year1904 { xml += "<workbookPr date1904=\"1\"/>" }
    xml += "<sheets>"
    for (index, entry) in sheets.enumerated() {
      let state =
        switch entry.sheet.visibility {
        case .visible: ""
        case .hidden: " state=\"hidden\""
        case .veryHidden: " state=\"veryHidden\""
        }
      let name = xmlEscaped(escaped(entry.sheet.name))
      xml += "<sheet name=\"\(name)\" sheetId=\"\(index + 1)\"\(state) r:id=\"rId\(index + 1)\"/>"
    }
    return xml + "</sheets></workbook>"
  }

  private var styles: String {
    var xml = "\(Self.declaration)<styleSheet xmlns=\"\(Self.main)\">"
    if !formats.all.isEmpty {
      xml += "<numFmts count=\"\(formats.all.count)\">"
      for (index, code) in formats.all.enumerated() {
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
      <cellXfs count="\(formats.all.count + 1)">\
      <xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
      """
    for index in formats.all.indices {
      xml +=
        "<xf numFmtId=\"\(Self.firstFormatID + index)\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
    }
    return xml + """
      </cellXfs>\
      <cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>\
      </styleSheet>
      """
  }

  private var sharedStrings: String {
    var xml =
      "\(Self.declaration)<sst xmlns=\"\(Self.main)\" uniqueCount=\"\(strings.all.count)\">"
    for text in strings.all {
      let isBlankAtEdge = text.first?.isWhitespace == true || text.last?.isWhitespace == true
      let space = isBlankAtEdge ? " xml:space=\"preserve\"" : ""
      xml += "<si><t\(space)>\(xmlEscaped(escaped(text)))</t></si>"
    }
    return xml + "</sst>"
  }
}

/// Texts with numbers in the order of their first use.
///
/// Texts count as equal by their bytes: Swift's `==` would take two forms of one letter for the same.
private struct Numbering {
  private(set) var all: [String] = []
  private var numbers: [[UInt8]: Int] = [:]

  mutating func number(_ text: String) -> Int {
    let key = Array(text.utf8)
    if let number = numbers[key] { return number }
    numbers[key] = all.count
    all.append(text)
    return all.count - 1
  }
}
