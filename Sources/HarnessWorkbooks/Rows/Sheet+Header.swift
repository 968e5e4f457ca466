extension Sheet {
  /// Finds the header of a table.
  ///
  /// Throws the kind `missingHeader`, with the row that came nearest, when no row has all the names.
  public func header(_ search: HeaderSearch) throws(WorkbookError) -> TableHeader {
    do throws(WorkbookError) {
      var finder = HeaderFinder(search)
      var sweep = search.fillsMerges ? MergeSweep(merges, in: storage) : nil
      for row in rows {
        if let header = try finder.take(row, merges: sweep?.moved(to: row.number)) {
          return header
        }
      }
      throw finder.missing()
    } catch {
      throw located(error)
    }
  }

  /// An error with the place of this sheet.
  func located(_ error: WorkbookError) -> WorkbookError {
    var error = error
    error.file = file
    error.sheet = name
    return error
  }
}
