/// What the workbook part says: the sheets in their order, the epoch, the defined names.
///
/// Source: ECMA-376, part 1, section 18.2.
final class WorkbookPart: PartReader {
  struct ListedSheet {
    let name: String
    let visibility: SheetVisibility
    let relationship: String
  }

  let root: StaticString = "workbook"
  let namespaces = XMLNamespace.spreadsheet
  private(set) var sheets: [ListedSheet] = []
  private(set) var epoch = DateEpoch.year1900
  private(set) var definedNames: [DefinedName] = []

  private var name: (name: String, sheet: Int?)?
  private var text: TextCollector
  private let limits: WorkbookLimits

  init(_ limits: WorkbookLimits) {
    self.limits = limits
    text = TextCollector(limits)
  }

  func startElement(_ element: XMLElement) throws(WorkbookError) {
    switch element.name {
    case "workbookPr":
      if element.boolean("date1904", default: false) { epoch = .year1904 }
    case "sheet":
      guard let name = element.attribute("name"), let id = element.relationship("id") else {
        throw WorkbookError(.damagedPart, "a sheet has no name or no relationship")
      }
      try limits.checkList(sheets.count, of: "sheets")
      let visibility: SheetVisibility =
        switch element.attribute("state") {
        case "hidden": .hidden
        case "veryHidden": .veryHidden
        default: .visible
        }
      sheets.append(
        ListedSheet(
          name: unescaped(Array(name.utf8)), visibility: visibility, relationship: id))
    case "definedName":
      try limits.checkList(definedNames.count, of: "defined names")
      name = element.attribute("name").map { ($0, element.integer("localSheetId")) }
      text.clear()
    default: break
    }
  }

  func text(_ piece: borrowing Span<UInt8>) throws(WorkbookError) {
    if name != nil { try text.add(piece) }
  }

  func endElement(_ name: XMLName) {
    guard name == "definedName", let defined = self.name else { return }
    let scope = defined.sheet.flatMap { sheets.indices.contains($0) ? sheets[$0].name : nil }
    definedNames.append(DefinedName(name: defined.name, formula: text.text, sheet: scope))
    self.name = nil
  }
}
