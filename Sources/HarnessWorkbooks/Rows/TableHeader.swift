/// The header row of a table: which column each name is.
public struct TableHeader: Sendable {
  /// The number of the row, counted from 1.
  public let row: Int
  /// The names as the sheet has them, without blanks around them, in the order of the columns.
  public let names: [String]

  // In one object, because each row has a copy of its header.
  private let lookup: Lookup

  private final class Lookup: Sendable {
    let columns: [String: Int]
    let titles: [Int: String]
    let aliases: [String: [String]]

    init(columns: [String: Int], titles: [Int: String], aliases: [String: [String]]) {
      self.columns = columns
      self.titles = titles
      self.aliases = aliases
    }
  }

  /// A header of the cells of a row, or of those that a merged range puts into it.
  init(row: Int, cells: some Sequence<(column: Int, cell: Cell)>, aliases: [String: [String]]) {
    self.init(
      row: row, titles: cells.map { ($0.column, Self.title(of: $0.cell)) }, aliases: aliases)
  }

  init(
    row: Int, titles named: some Sequence<(column: Int, title: String)>,
    aliases: [String: [String]]
  ) {
    var names: [String] = []
    var columns: [String: Int] = [:]
    var titles: [Int: String] = [:]
    for (column, title) in named where !title.isEmpty {
      names.append(title)
      titles[column] = title
      // Of two columns with one name the first is meant.
      let key = matchable(title)
      if columns[key] == nil { columns[key] = column }
    }
    self.row = row
    self.names = names
    lookup = Lookup(columns: columns, titles: titles, aliases: aliases)
  }

  /// The column of a name or of one of its aliases, 1 for `A`; nil when the header has neither.
  public func column(_ name: String) -> Int? {
    let key = matchable(name)
    return lookup.columns[key]
      ?? lookup.aliases[key]?.lazy.compactMap { lookup.columns[matchable($0)] }.first
  }

  func title(ofColumn column: Int) -> String {
    lookup.titles[column] ?? CellReference.letters(ofColumn: column)
  }

  private static func title(of cell: Cell) -> String {
    switch cell.value {
    case .text(let text): headerTitle(text)
    // A year may well be a header.
    case .number(let number): shortest(number)
    case .empty, .boolean, .error, .date, .time, .duration: ""
    }
  }
}

/// A title without blanks around it, and with one blank for several.
func headerTitle(_ text: String) -> String {
  text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
}
