/// Writes an .xlsx workbook to a file row by row, in memory that does not grow with its sheets.
///
/// ```swift
/// var workbook = try WorkbookStreamWriter(path: "prices.xlsx")
/// try workbook.addSheet("Prices") { sheet in
///   try sheet.append(["Code", "Close"])
///   for price in prices { try sheet.append([.text(price.code), .number(price.close)]) }
/// }
/// try workbook.finish()
/// ```
///
/// The same input gives the same bytes as ``WorkbookWriter`` does. Texts that are shared are kept until the end, each once.
public struct WorkbookStreamWriter: ~Copyable {
  private let package: OpenPackage

  /// Begins a workbook in a file, in place of any other at the path; a pipe will not do.
  ///
  /// Throws the kind `unwritable` when the system does not let the file be written, as every other member does.
  public init(
    path: String, epoch: DateEpoch = .year1900,
    compression: WorkbookWriter.Compression = .deflate, texts: WorkbookWriter.Texts = .shared
  ) throws(WorkbookError) {
    package = OpenPackage(
      try PackageWriter(
        try ByteOutput(path: path), epoch: epoch, compression: compression, texts: texts))
  }

  /// Adds a sheet after the others and writes it.
  ///
  /// Throws the kind `unwritable` for a name that Excel refuses and for a table whose header was not written, and what
  /// `fill` throws.
  ///
  /// `widths`: the widths of columns, 1 for `A`, in digits of the standard font.
  public mutating func addSheet(
    _ name: String, visibility: SheetVisibility = .visible, widths: [Int: Double] = [:],
    fill: (inout SheetStreamWriter) throws -> Void
  ) throws {
    var extras = SheetExtras(sheet: name)
    for (column, width) in widths.sorted(by: { $0.key < $1.key }) {
      try extras.setWidth(width, ofColumn: column)
    }
    try package.writer.beginSheet(name, visibility: visibility, widths: extras.widths)
    var sheet = SheetStreamWriter(package, extras: extras)
    try fill(&sheet)
    try sheet.checkHeaders()
    extras = sheet.extras
    try package.writer.endSheet(merges: extras.merges, tables: extras.tables)
  }

  /// Ends the workbook; without it the file is no workbook.
  ///
  /// Throws the kind `unwritable` when no sheet is visible, or two tables have one name.
  public consuming func finish() throws(WorkbookError) { try package.finish() }
}

@available(*, unavailable)
extension WorkbookStreamWriter: Sendable {}

/// The package that a workbook and the sheet that is being written both write to.
final class OpenPackage {
  var writer: PackageWriter

  init(_ writer: consuming PackageWriter) { self.writer = writer }

  func finish() throws(WorkbookError) { _ = try writer.finish() }
}
