/// Reads a table's part.
///
/// Source: ECMA-376, part 1, section 18.5.1.
final class TableReader: PartReader {
  let root: StaticString = "table"
  let namespaces = XMLNamespace.spreadsheet

  private let limits: WorkbookLimits
  private var name = ""
  private var range: CellRange?
  private var headerRows = 1
  private var totalsRows = 0
  private var columns: [String] = []

  init(_ limits: WorkbookLimits) { self.limits = limits }

  /// The table; nil when its range is none.
  var table: SheetTable? {
    range.map {
      SheetTable(
        name: name, range: $0, columns: columns, headerRows: headerRows, totalsRows: totalsRows)
    }
  }

  func startElement(_ element: XMLElement) throws(WorkbookError) {
    switch element.name {
    case "table":
      let given = element.attribute("displayName") ?? element.attribute("name") ?? ""
      name = unescaped(Array(given.utf8))
      range = element.attribute("ref").flatMap { CellRange($0) }
      headerRows = element.integer("headerRowCount") ?? 1
      totalsRows = element.integer("totalsRowCount") ?? 0
    case "tableColumn":
      try limits.checkList(columns.count, of: "table columns")
      columns.append(unescaped(Array((element.attribute("name") ?? "").utf8)))
    default: break
    }
  }

  func endElement(_ name: XMLName) {}
}
