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

  private let epoch: DateEpoch
  private let compression: Compression
  private var sheets: [SheetWriter] = []

  /// An empty workbook, which counts its dates from `epoch`.
  public init(epoch: DateEpoch = .year1900, compression: Compression = .none) {
    self.epoch = epoch
    self.compression = compression
  }

  /// Adds a sheet after the others and fills it.
  ///
  /// Throws the kind `unwritable` for a name that Excel refuses: empty, longer than 31 UTF-16 units,
  /// with one of `[]:*?/\` or an apostrophe at its edge, or that of another sheet but for its case. Throws as well
  /// what `fill` throws.
  public mutating func addSheet(
    _ name: String, visibility: SheetVisibility = .visible,
    fill: (inout SheetWriter) throws(WorkbookError) -> Void
  ) throws(WorkbookError) {
    try check(name)
    var sheet = SheetWriter(name: name, visibility: visibility)
    try fill(&sheet)
    sheets.append(sheet)
  }

  private func check(_ name: String) throws(WorkbookError) {
    guard 1...31 ~= name.utf16.count, !name.contains(where: { "[]:*?/\\".contains($0) }),
      !name.hasPrefix("'"), !name.hasSuffix("'")
    else {
      throw WorkbookError(.unwritable, "Excel does not allow the sheet name \(shown(name))")
    }
    guard !sheets.contains(where: { $0.name.lowercased() == name.lowercased() }) else {
      throw WorkbookError(.unwritable, "there already is a sheet \(shown(name))")
    }
  }

  /// The bytes of the file.
  ///
  /// Throws the kind `unwritable` when no sheet is visible, or a date lies before the epoch.
  public func bytes() throws(WorkbookError) -> [UInt8] {
    guard sheets.contains(where: { $0.visibility == .visible }) else {
      throw WorkbookError(.unwritable, "a workbook needs a visible sheet")
    }
    var parts = WorkbookParts(epoch: epoch)
    for sheet in sheets { try parts.add(sheet) }
    var archive = ZipWriter(compression)
    for (name, content) in parts.all {
      try archive.add(name, Array(content.utf8))
    }
    return archive.finish()
  }

  /// Writes the file, in place of any other at the path.
  ///
  /// Throws the kind `unwritable`, as ``bytes()`` does, and when the system does not let the file be
  /// written.
  public func write(to path: String) throws(WorkbookError) {
    try writeFile(try bytes(), to: path)
  }
}
