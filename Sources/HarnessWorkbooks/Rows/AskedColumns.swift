/// The columns of the names that the rows of a table ask for: matched once for a sheet, not once for each row.
struct AskedColumns {
  private var columns: [(name: String, column: Int?)] = []
  private var next = 0

  /// The column of a name, nil in it when the header has none; nil for a name that was not asked for before.
  ///
  /// Rows ask for the same names in the same order, so the first that is looked at is the one, as a rule.
  mutating func column(_ name: String) -> Int?? {
    var place = next
    for _ in 0..<columns.count {
      if place >= columns.count { place = 0 }
      if columns[place].name == name {
        next = place + 1
        return .some(columns[place].column)
      }
      place += 1
    }
    return nil
  }

  mutating func add(_ name: String, _ column: Int?) {
    columns.append((name, column))
    next = columns.count
  }

  /// Whether the header has none of them.
  var areNone: Bool { columns.allSatisfy { $0.column == nil } }
}
