/// Why a workbook, a sheet or its rows could not be read or written: what is wrong, and where.
public struct WorkbookError: Error, Sendable, Hashable {
  /// What is wrong.
  public let kind: Kind
  /// The name of the file.
  public package(set) var file: String?
  /// The part of the package, such as `xl/worksheets/sheet1.xml`.
  public package(set) var part: String?
  /// The name of the sheet.
  public package(set) var sheet: String?
  /// The cell.
  public package(set) var cell: CellReference?
  /// The byte of the file, counted from 0.
  public package(set) var offset: Int?
  /// The line of the part, counted from 1.
  public package(set) var line: Int?
  /// What is wrong, in words, without the place.
  public let reason: String
  /// Every cell that could not be read as wanted, row by row; for `badCells` and `damagedCell`.
  public package(set) var cells: [BadCell] = []

  package init(
    _ kind: Kind, _ reason: String, part: String? = nil, sheet: String? = nil,
    cell: CellReference? = nil, offset: Int? = nil, line: Int? = nil
  ) {
    self.kind = kind
    self.reason = reason
    self.part = part
    self.sheet = sheet
    self.cell = cell
    self.offset = offset
    self.line = line
  }
}

extension WorkbookError {
  /// What is wrong.
  ///
  /// New kinds may come, so a `switch` over them needs a `default`.
  public struct Kind: Sendable, Hashable, CustomStringConvertible {
    /// The kind's name.
    public let description: String

    private init(_ name: String) { description = name }

    /// There is no such file.
    public static let notFound = Kind("notFound")
    /// The file cannot be read; the reason says what the system said.
    public static let unreadable = Kind("unreadable")

    /// The file has no bytes.
    public static let emptyFile = Kind("emptyFile")
    /// A workbook locked with a password.
    public static let encrypted = Kind("encrypted")
    /// A workbook of Excel 97 to 2003 (.xls).
    public static let xls = Kind("xls")
    /// A binary workbook (.xlsb).
    public static let xlsb = Kind("xlsb")
    /// An OpenDocument spreadsheet (.ods).
    public static let openDocument = Kind("openDocument")
    /// A workbook as one XML document (Excel 2003).
    public static let spreadsheetML = Kind("spreadsheetML")
    /// A web page, however its file is named.
    public static let html = Kind("html")
    /// Plain text in columns.
    public static let csv = Kind("csv")
    /// Some other file.
    public static let notAWorkbook = Kind("notAWorkbook")

    /// The ZIP archive is damaged, cut off, or says two different things.
    public static let damagedArchive = Kind("damagedArchive")
    /// A part is not well-formed XML, or not the document it should be.
    public static let damagedPart = Kind("damagedPart")
    /// A part that another one refers to is missing.
    public static let missingPart = Kind("missingPart")
    /// The file is sound, but uses something that is not read here.
    public static let unsupported = Kind("unsupported")
    /// A limit of ``WorkbookLimits`` is exceeded; the reason names it.
    public static let limitExceeded = Kind("limitExceeded")
    /// A reference is not one, or lies outside of a sheet.
    public static let badReference = Kind("badReference")
    /// The value of a cell is not what the cell's type says; ``WorkbookError/cells`` has the first 100.
    public static let damagedCell = Kind("damagedCell")

    /// There is no sheet of that name or at that place.
    public static let missingSheet = Kind("missingSheet")
    /// The sheet has no table of that name.
    public static let missingTable = Kind("missingTable")
    /// No row has the header that was looked for.
    public static let missingHeader = Kind("missingHeader")
    /// The header lacks columns that the rows need.
    public static let missingColumns = Kind("missingColumns")
    /// Cells cannot be read as the types wanted; ``WorkbookError/cells`` has them all.
    public static let badCells = Kind("badCells")

    /// A form of ``WorkbookMutator`` has nothing in the workbook that it could change.
    public static let inapplicable = Kind("inapplicable")
    /// The workbook to write cannot be written as Excel would read it.
    public static let unwritable = Kind("unwritable")
  }

  /// A cell that could not be read as the type wanted.
  public struct BadCell: Sendable, Hashable {
    /// Where it is.
    public let reference: CellReference
    /// The header of its column, as the sheet writes it, trimmed; empty where no header is known.
    public let header: String
    /// What the cell holds.
    public let value: CellValue
    /// The type wanted, such as `Decimal`.
    public let wanted: String
    /// More, where there is more to say.
    public let hint: String?

    /// The hint of a cell that holds nothing.
    static let blankHint = "it is blank"

    package init(
      reference: CellReference, header: String, value: CellValue, wanted: String,
      hint: String? = nil
    ) {
      self.reference = reference
      self.header = header
      self.value = value
      self.wanted = wanted
      self.hint = hint
    }
  }
}

extension WorkbookError: CustomStringConvertible {
  // A hundred bad cells say no more than the first ones.
  private static let shownCells = 20

  /// File, part, sheet and cell, then what is wrong there, then each bad cell on a line of its own.
  public var description: String {
    var place: [String] = []
    if let file { place.append(file) }
    if let part { place.append(part) }
    if let sheet { place.append("sheet \(shown(sheet))") }
    if let cell { place.append("cell \(cell)") }
    if let line { place.append("line \(line)") }
    if let offset { place.append("byte \(offset)") }
    var lines = [place.isEmpty ? reason : "\(place.joined(separator: ", ")): \(reason)"]
    // The reason has said it all of a single damaged cell.
    if kind != .damagedCell || cells.count > 1 {
      lines += cells.prefix(Self.shownCells).map { "  \($0)" }
    }
    if cells.count > Self.shownCells {
      lines.append("  … and \(cells.count - Self.shownCells) more")
    }
    if cells.contains(where: { $0.hint == BadCell.blankHint }) {
      lines.append("  try  say by `role:` which rows are titles or totals, if these are")
    }
    return lines.joined(separator: "\n")
  }
}

extension WorkbookError.BadCell: CustomStringConvertible {
  /// The cell's place and column, what it holds and what was wanted.
  public var description: String {
    "\(reference)\(header.isEmpty ? "" : "  \(visible(header))"): \(complaint)"
  }

  /// What is wrong, without the place.
  var complaint: String { "\(value) is not \(wanted)\(hint.map { " (\($0))" } ?? "")" }
}
