/// An .xlsx workbook, opened and immutable; its sheets are read when they are asked for.
///
/// ```swift
/// let workbook = try Workbook(path: "2025 06 24 ISX Daily Report.xlsx")
/// let bulletin = try workbook.sheet("Bullient")
/// print(try bulletin["B2"].value)
/// ```
///
/// Everything here throws ``WorkbookError``, which says in which file, part, sheet and cell something is
/// wrong. A file that is no .xlsx is refused with the name of what it is.
///
/// Source: ECMA-376, parts 1 and 4 (SpreadsheetML) and 2 (packages).
public struct Workbook: Sendable {
  /// The name of the file, as errors give it.
  public let name: String
  /// The sheets in the order of their tabs, hidden ones and charts included.
  public let sheets: [SheetInfo]
  /// From which day dates are counted.
  ///
  /// Values of cells have it applied.
  public let epoch: DateEpoch
  /// The names given to cells and formulas.
  public let definedNames: [DefinedName]

  /// The bytes of the file.
  public var bytes: [UInt8] { archive.bytes }

  /// What is odd about the parts that were read so far, by any copy of the workbook; what is odd about the
  /// cells of a sheet is in ``Sheet/warnings``.
  public var warnings: [WorkbookWarning] { archive.checksums.warnings }

  let archive: ZipArchive
  let context: CellContext
  let limits: WorkbookLimits

  /// Opens the workbook at a path.
  ///
  /// - Parameters:
  ///   - path: Where the file is.
  ///   - limits: What it may not exceed.
  ///   - options: How it is read, where the usual way does not do.
  /// - Throws: A ``WorkbookError``.
  public init(
    path: String, limits: WorkbookLimits = WorkbookLimits(), options: ReadingOptions = []
  ) throws(WorkbookError) {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let bytes = try Self.naming(name) { () throws(WorkbookError) in
      try bytesOfFile(path, limit: limits.fileBytes)
    }
    try self.init(bytes: bytes, name: name, limits: limits, options: options)
  }

  /// Opens a workbook from the bytes of its file; errors give it the name `name`.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - name: Its name.
  ///   - limits: What it may not exceed.
  ///   - options: How it is read, where the usual way does not do.
  /// - Throws: A ``WorkbookError``.
  public init(
    bytes: [UInt8], name: String = "workbook", limits: WorkbookLimits = WorkbookLimits(),
    options: ReadingOptions = []
  ) throws(WorkbookError) {
    self = try Self.naming(name) { () throws(WorkbookError) in
      try Workbook(checking: bytes, name: name, limits: limits, options: options)
    }
  }

  private init(
    checking bytes: [UInt8], name: String, limits: WorkbookLimits, options: ReadingOptions
  ) throws(WorkbookError) {
    guard bytes.count <= limits.fileBytes else { throw tooLarge(limits.fileBytes) }
    if case .other(let kind, let reason) = FileFormat(bytes) { throw WorkbookError(kind, reason) }
    archive = try ZipArchive(bytes, limits: limits, options: options)
    let package = try WorkbookPackage(archive, limits: limits)
    self.name = name
    self.limits = limits
    sheets = package.sheets
    epoch = package.epoch
    definedNames = package.definedNames
    context = package.context
  }

  private static func naming<Result>(
    _ file: String, _ body: () throws(WorkbookError) -> Result
  ) throws(WorkbookError) -> Result {
    do throws(WorkbookError) {
      return try body()
    } catch {
      var error = error
      error.file = file
      throw error
    }
  }
}

extension Workbook {
  /// Reads the sheet of a name.
  ///
  /// When no sheet has exactly this name, blanks around it and case do not count: `Bullient` finds the
  /// sheet `Bullient  `. Throws the kind `missingSheet`, with the names that there are, when none fits.
  public func sheet(_ name: String) throws(WorkbookError) -> Sheet { try read(info(name)) }

  /// Reads the sheet at a place in the order of the tabs, counted from 0.
  ///
  /// Throws the kind `missingSheet`, with the names that there are, when there is none.
  public func sheet(at index: Int) throws(WorkbookError) -> Sheet {
    guard sheets.indices.contains(index) else { throw missing("there is no sheet at \(index)") }
    return try read(sheets[index])
  }

  /// What is listed about the sheet of a name, found as ``sheet(_:)`` finds it.
  func info(_ name: String) throws(WorkbookError) -> SheetInfo {
    let folded = matchable(name)
    guard
      let info = sheets.first(where: { $0.name.utf8.elementsEqual(name.utf8) })
        ?? sheets.first(where: { matchable($0.name) == folded })
    else {
      throw missing("there is no sheet \(shown(name))")
    }
    return info
  }

  private func missing(_ reason: String) -> WorkbookError {
    let names = shown(sheets.map(\.name))
    var error = WorkbookError(.missingSheet, "\(reason); the workbook has \(names)")
    error.file = name
    return error
  }

  private func read(_ info: SheetInfo) throws(WorkbookError) -> Sheet {
    try located(info) { () throws(WorkbookError) in
      let entry = try entry(of: info)
      let reading = try SheetReading(
        entry, of: archive, stringCount: context.strings.count, styleCount: context.formats.count,
        limits: limits)
      let store = try reading.nextBatch() ?? CellStore()
      // The end of the part may still be refused.
      while try reading.nextBatch() != nil {}
      let storage = SheetStorage(
        store, sharedFormulas: reading.sharedFormulas, context: context)
      return Sheet(
        name: info.name, visibility: info.visibility, file: name, storage: storage,
        warnings: (reading.oddities + storage.oddities).prefix(Self.mostWarnings)
          .map { WorkbookWarning(kind: $0, part: entry.name) }
          + archive.checksums.warnings.filter { $0.part == entry.name },
        annotations: try SheetAnnotations(
          reading.notes, of: entry.name, in: archive, limits: limits))
    }
  }

  // More say no more than these.
  private static let mostWarnings = 100

  /// The part of a sheet.
  func entry(of info: SheetInfo) throws(WorkbookError) -> ZipArchive.Entry {
    guard info.isWorksheet else {
      throw WorkbookError(.unsupported, "it is a chart, a macro or a dialog, and has no cells")
    }
    // Thousands of sheets with one large part would take hours to read, and no writer makes two.
    if let twin = info.twin {
      throw WorkbookError(
        .damagedPart, "its part is that of the sheet \(shown(twin)) too", part: info.part)
    }
    guard let part = info.part else {
      throw WorkbookError(
        .missingPart, "its relationship is missing, or leads out of the archive")
    }
    guard let entry = archive.entry(part) else {
      throw WorkbookError(.missingPart, "its part is missing from the archive", part: part)
    }
    return entry
  }

  /// Gives the errors of a sheet their place.
  func located<Result: ~Copyable>(
    _ info: SheetInfo, _ body: () throws(WorkbookError) -> Result
  ) throws(WorkbookError) -> Result {
    do throws(WorkbookError) {
      return try body()
    } catch {
      var error = error
      error.file = name
      error.sheet = info.name
      throw error
    }
  }
}

/// A name as it is compared: without blanks around it or repeated in it, and without case.
func matchable(_ name: String) -> String {
  name.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
}
