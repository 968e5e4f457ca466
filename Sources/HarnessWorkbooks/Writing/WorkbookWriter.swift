/// Writes an .xlsx workbook: the same input gives the same bytes, on every day and every machine.
///
/// ```swift
/// var workbook = WorkbookWriter()
/// try workbook.addSheet("Prices") { sheet in
///   try sheet.append(["Code", "Close", "Trades"])
///   try sheet.append(["BBOB", .number(1.45, format: "0.000"), 349])
/// }
/// try workbook.write(to: "prices.xlsx")
/// ```
///
/// Source: ECMA-376, parts 1, 2 and 4.
public struct WorkbookWriter: Sendable {
  /// How parts are packed.
  public enum Compression: Sendable, Hashable {
    /// Not at all: the bytes depend on the content alone.
    case none
    /// By zlib: about a fifth of the size, with bytes that another version of zlib may pack otherwise.
    case deflate
  }

  /// Where texts are kept.
  public enum Texts: Sendable, Hashable {
    /// In a list that all sheets share, each text once: smaller where texts repeat, as they mostly do.
    case shared
    /// In the cells: nothing need be kept in memory of the texts that were written.
    case inline
  }

  private let epoch: DateEpoch
  private let compression: Compression
  private let texts: Texts
  private var list: SheetList
  private var sheets: [SheetWriter] = []

  /// An empty workbook, which counts its dates from `epoch`.
  public init(
    epoch: DateEpoch = .year1900, compression: Compression = .none, texts: Texts = .shared
  ) {
    self.epoch = epoch
    self.compression = compression
    self.texts = texts
    list = SheetList(epoch: epoch)
  }

  /// Adds a sheet after the others and fills it.
  ///
  /// Throws the kind `unwritable` for a name that Excel refuses: empty, longer than 31 UTF-16 units,
  /// with one of `[]:*?/\` or a control character in it, with an apostrophe at its edge, `History`, or that of another
  /// sheet but for its case. Throws as well what `fill` throws.
  public mutating func addSheet(
    _ name: String, visibility: SheetVisibility = .visible,
    fill: (inout SheetWriter) throws -> Void
  ) throws {
    var list = list
    try list.add(name, visibility: visibility)
    var sheet = SheetWriter(name: name, visibility: visibility)
    try fill(&sheet)
    self.list = list
    sheets.append(sheet)
  }

  /// The bytes of the file.
  ///
  /// Throws the kind `unwritable` when no sheet is visible, a date lies before the epoch, two tables have
  /// one name, or there are more than 65,372 number formats.
  public func bytes() throws(WorkbookError) -> [UInt8] {
    try list.check()
    return try write(ByteOutput())
  }

  /// Writes the file, in place of any other at the path.
  ///
  /// Throws the kind `unwritable`, as ``bytes()`` does, and when the system does not let the file be
  /// written.
  public func write(to path: String) throws(WorkbookError) {
    try list.check()
    _ = try write(try ByteOutput(path: path))
  }

  private func write(_ output: consuming ByteOutput) throws(WorkbookError) -> [UInt8] {
    var package = try PackageWriter(
      output, epoch: epoch, compression: compression, texts: texts)
    for sheet in sheets {
      try package.beginSheet(sheet.name, visibility: sheet.visibility, widths: sheet.widths)
      for (reference, content) in sheet.cells.sorted(by: { $0.key < $1.key }) {
        try package.append(content, column: reference.column, row: reference.row)
      }
      try package.endSheet(merges: sheet.merges, tables: sheet.tables)
    }
    return try package.finish()
  }
}
