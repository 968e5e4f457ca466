/// The header row of a table: which column each name is.
public struct TableHeader: Sendable {
  /// The number of the row, counted from 1.
  public let row: Int
  /// The names as the sheet has them, without blanks around them, in the order of the columns.
  public let names: [String]

  private let columns: [String: Int]
  private let titles: [Int: String]
  private let aliases: [String: [String]]

  init(_ row: SheetRow, aliases: [String: [String]]) {
    var names: [String] = []
    var columns: [String: Int] = [:]
    var titles: [Int: String] = [:]
    for cell in row {
      guard case let title = Self.title(of: cell), !title.isEmpty else { continue }
      names.append(title)
      titles[cell.reference.column] = title
      // Of two columns with one name the first is meant.
      let key = matchable(title)
      if columns[key] == nil { columns[key] = cell.reference.column }
    }
    self.row = row.number
    self.names = names
    self.columns = columns
    self.titles = titles
    self.aliases = aliases
  }

  /// The column of a name or of one of its aliases, 1 for `A`; nil when the header has neither.
  public func column(_ name: String) -> Int? {
    let key = matchable(name)
    return columns[key] ?? aliases[key]?.lazy.compactMap { columns[matchable($0)] }.first
  }

  func title(ofColumn column: Int) -> String {
    titles[column] ?? CellReference.letters(ofColumn: column)
  }

  private static func title(of cell: Cell) -> String {
    let text =
      switch cell.value {
      case .text(let text): text
      // A year may well be a header.
      case .number(let number): shortest(number)
      case .empty, .boolean, .error, .date, .time, .duration: ""
      }
    return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
