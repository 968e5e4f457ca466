/// The parts of a workbook that are read when it is opened: the list of sheets, the texts, the styles.
struct WorkbookPackage {
  let sheets: [SheetInfo]
  let epoch: DateEpoch
  let definedNames: [DefinedName]
  let strings: [String]
  let formats: [NumberFormat]

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

    sheets = workbook.sheets.map { sheet in
      let relationship = relationships[id: sheet.relationship]
      return SheetInfo(
        name: sheet.name, visibility: sheet.visibility,
        isWorksheet: relationship.map { $0.type == "worksheet" } ?? true,
        part: relationship?.target)
    }
    epoch = workbook.epoch
    definedNames = workbook.definedNames

    // Workbooks that list no texts or styles, or list some that are missing, are common and readable.
    let strings = SharedStringsReader(limits)
    if let part = relationships.first(ofType: "sharedStrings")?.target,
      let entry = archive.entry(part)
    {
      try archive.parse(entry, into: strings, limits: limits)
    }
    self.strings = strings.strings
    let styles = StylesReader(limits)
    if let part = relationships.first(ofType: "styles")?.target, let entry = archive.entry(part) {
      try archive.parse(entry, into: styles, limits: limits)
    }
    formats = styles.formats
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
