/// The parts of a workbook that are read when it is opened: the list of sheets, the texts, the styles.
struct WorkbookPackage {
  let sheets: [SheetInfo]
  let epoch: DateEpoch
  let definedNames: [DefinedName]
  let context: CellContext

  init(_ archive: ZipArchive, limits: WorkbookLimits) throws(WorkbookError) {
    let root = try Relationships(of: "", in: archive, limits: limits)
    guard let main = root.first(ofType: "officeDocument")?.target,
      // Some other document may be related to itself so too.
      !main.hasPrefix("word/"), !main.hasPrefix("ppt/")
    else { throw Self.notAWorkbook(archive) }
    guard !main.lowercased().hasSuffix(".bin") else { throw Self.binary }
    guard let entry = archive.entry(main) else {
      throw WorkbookError(
        .missingPart, "the workbook's part is missing from the archive", part: main)
    }
    let workbook = WorkbookPart(limits)
    try archive.parse(entry, into: workbook, limits: limits)
    let relationships = try Relationships(of: main, in: archive, limits: limits)

    var owners: [String: String] = [:]
    sheets = workbook.sheets.map { sheet in
      let relationship = relationships[id: sheet.relationship]
      let part = relationship?.target
      let twin = part.flatMap { owners[$0] }
      if let part, twin == nil { owners[part] = sheet.name }
      return SheetInfo(
        name: sheet.name, visibility: sheet.visibility,
        kind: SheetInfo.Kind(relationshipType: relationship?.type), part: part, twin: twin)
    }
    epoch = workbook.epoch
    definedNames = workbook.definedNames

    // Workbooks that list no texts or styles, or list some that are missing, are common and readable.
    let stylesPart = relationships.first(ofType: "styles")?.target
    let styles = StylesReader(limits)
    if let entry = stylesPart.flatMap(archive.entry) {
      try archive.parse(entry, into: styles, limits: limits)
    }
    let stringsPart = relationships.first(ofType: "sharedStrings")?.target
    context = CellContext(
      strings: try stringsPart.flatMap(archive.entry).map { (entry) throws(WorkbookError) in
        try Self.sharedStrings(entry, of: archive, limits: limits)
      } ?? SharedStrings(), formats: styles.formats, epoch: workbook.epoch)
  }

  /// Reads the shared strings.
  static func sharedStrings(
    _ entry: ZipArchive.Entry, of archive: ZipArchive, limits: WorkbookLimits,
    usesScanner: Bool = true
  ) throws(WorkbookError) -> SharedStrings {
    let reader = SharedStringsReader(limits)
    var stream = try EntryStream(entry, of: archive, isAhead: true)
    var parser = try HybridParser<SharedStringsScanner>(
      reader, part: entry.name, limits: limits, usesScanner: usesScanner)
    while true {
      switch try parser.advance(&stream) {
      case .more: continue
      case .finished: return reader.strings
      case .restart:
        return try sharedStrings(entry, of: archive, limits: limits, usesScanner: false)
      }
    }
  }

  private static var binary: WorkbookError {
    WorkbookError(.xlsb, "this is a binary workbook (.xlsb); save it as .xlsx")
  }

  private static func notAWorkbook(_ archive: ZipArchive) -> WorkbookError {
    if archive.entry("xl/workbook.bin") != nil { return binary }
    if archive.entry("mimetype") != nil, archive.entry("content.xml") != nil {
      return WorkbookError(
        .openDocument, "this is an OpenDocument file (.ods); save it as .xlsx")
    }
    return WorkbookError(.notAWorkbook, "this is a ZIP archive without a workbook in it")
  }
}

extension SheetInfo.Kind {
  /// The kind by the last word of the type of its relationship; a worksheet where there is none.
  fileprivate init(relationshipType: String?) {
    self =
      switch relationshipType {
      case "chartsheet": .chart
      case "dialogsheet": .dialog
      case "xlMacrosheet", "xlIntlMacrosheet": .macro
      default: .worksheet
      }
  }
}
