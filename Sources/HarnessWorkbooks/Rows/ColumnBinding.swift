/// How the cells of one column become a property of a value.
struct ColumnBinding: Sendable {
  let name: String
  let isRequired: Bool
  /// Sets the property; false, with the type wanted and a hint told, when the cell is no such value.
  let set: Set

  typealias Set =
    @Sendable (CellSource, (_ wanted: String, _ hint: String?) -> Void, ValueAddress) -> Bool
}

/// How the cells of a row become a value.
struct ColumnBindings: Sendable {
  let list: [ColumnBinding]

  /// Sets the properties of a value; false, with the reasons told to the problems, when something is wrong.
  func decode(_ row: TableRow, _ problems: RowProblems, into value: ValueAddress) -> Bool {
    var isSound = true
    let columns = problems.columns(of: list, row.header)
    for index in list.indices {
      let binding = list[index]
      guard let column = columns[index] else {
        if binding.isRequired {
          problems.addMissingColumn(binding.name)
          isSound = false
        }
        continue
      }
      let source = row.source(column: column)
      let isSet = binding.set(
        source, { problems.add(source, header: row.header, wanted: $0, hint: $1) }, value)
      isSound = isSound && isSet
    }
    return isSound
  }
}
