public import Foundation
import HarnessReporting
public import HarnessWorkbooks

extension Fixture {
  /// The rows of a workbook's sheet as values of a type, or the test fails here.
  ///
  /// ```swift
  /// let prices = try Fixture.rows(Price.self, from: "prices.xlsx", header: .search(["Code", "Close"]))
  /// ```
  ///
  /// For a test that has no use for a workbook it cannot read: what is wrong, with every bad cell of the
  /// sheet, is one failure at the line of the call. A test that expects an error opens the ``workbook(_:in:fileID:filePath:line:column:)``
  /// itself.
  ///
  /// The type's coding keys are the names of the columns; without a `sheet` it is the first one that a user
  /// sees; `role` is called for each row with a filled cell in turn.
  ///
  /// - Returns: The rows, and the sections and skipped rows around them.
  /// - Throws: The recorded failure.
  public static func rows<Value: Decodable>(
    _ type: Value.Type, from name: String, sheet: String? = nil, in bundle: Bundle? = nil,
    header: HeaderSearch = .firstRow, role: (TableRow) -> RowRole = { _ in .data },
    fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
    column: UInt = #column
  ) throws -> DecodedRows<Value> {
    let path = try path(
      name, in: bundle, fileID: fileID, filePath: filePath, line: line, column: column)
    do throws(WorkbookError) {
      let workbook = try Workbook(path: path)
      return try Self.sheet(sheet, of: workbook).decode(type, header: header, role: role)
    } catch {
      let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
      throw Reporter().error(recording: Failure("\(error)", at: site))
    }
  }

  private static func sheet(
    _ name: String?, of workbook: Workbook
  ) throws(WorkbookError) -> Sheet {
    if let name { return try workbook.sheet(name) }
    let first = workbook.sheets.firstIndex { $0.isWorksheet && $0.visibility == .visible }
    return try workbook.sheet(at: first ?? 0)
  }
}
