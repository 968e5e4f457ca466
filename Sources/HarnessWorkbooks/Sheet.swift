/// A sheet of a workbook, read and immutable; copies share their cells.
public struct Sheet: Sendable {
  /// The name, with any blanks around it.
  public let name: String
  /// Whether a user sees the sheet.
  public let visibility: SheetVisibility
  /// The name of the workbook's file, for errors.
  let file: String
  let storage: SheetStorage
  /// What is odd about the sheet's cells or part, in the order of the cells, at most 100.
  public let warnings: [WorkbookWarning]
  let annotations: SheetAnnotations

  /// The range from the first to the last row and column that hold something; nil for an empty sheet.
  ///
  /// Taken from the cells that there are, never from what the file claims.
  public var usedRange: CellRange? { storage.usedRange }

  /// The merged ranges; the value of one is in its first cell.
  public var merges: [CellRange] { annotations.merges }

  /// The links of cells.
  public var hyperlinks: [Hyperlink] { annotations.hyperlinks }

  /// The comments on cells, in the order of the file.
  public var comments: [CellComment] { annotations.comments }

  /// The tables, in the order of the file.
  public var tables: [SheetTable] { annotations.tables }

  /// The rows that have cells, in their order.
  public var rows: SheetRows { SheetRows(storage: storage) }

  /// The cell at a place in A1 notation, such as `sheet["B7"]`; an empty one where nothing is stored.
  ///
  /// Throws a ``WorkbookError`` of the kind `badReference` when the text is no reference.
  public subscript(_ reference: String) -> Cell {
    get throws(WorkbookError) {
      guard let place = CellReference(reference) else {
        var error = WorkbookError(
          .badReference, "\(shown(reference)) is not a cell of a sheet, such as B7", sheet: name)
        error.file = file
        throw error
      }
      return self[place]
    }
  }

  /// The cell at a place; an empty one where nothing is stored.
  public subscript(_ reference: CellReference) -> Cell { storage.cell(at: reference) }

  /// The cell at a place, or the first cell of the merged range that covers it.
  ///
  /// A merged range shows the value of its first cell everywhere; looks through all of ``merges``.
  public func filled(_ reference: CellReference) -> Cell {
    let merge = merges.first { $0.contains(reference) }
    return self[merge?.first ?? reference]
  }
}
