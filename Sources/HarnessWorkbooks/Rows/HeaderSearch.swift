/// Where the header of a table is, and how its columns may be named.
///
/// Names match without regard to case, to blanks around them and to repeated blanks and line breaks in
/// them: `" Closing  Price"` is `CLOSING PRICE`.
///
/// ```swift
/// try sheet.decode(Trade.self, header: .search(["Code", "Closing Price"]))
/// ```
public struct HeaderSearch: Sendable {
  enum Place: Sendable {
    case row(Int)
    case search(names: [String], rows: Int)
  }

  let place: Place
  var aliases: [String: [String]] = [:]

  /// The first row that has cells.
  public static let firstRow = HeaderSearch(place: .search(names: [], rows: CellReference.lastRow))

  /// The row of a number, counted from 1.
  public static func row(_ number: Int) -> HeaderSearch { HeaderSearch(place: .row(number)) }

  /// The first row that has all of these names, among the first `rows` rows of the sheet.
  public static func search(_ names: [String], within rows: Int = 20) -> HeaderSearch {
    HeaderSearch(place: .search(names: names, rows: rows))
  }

  /// The same header, where the column `name` may have one of these other names instead.
  ///
  /// A column that has the name itself wins over one that has an alias.
  public func naming(_ name: String, alias aliases: String...) -> HeaderSearch {
    var search = self
    search.aliases[matchable(name), default: []] += aliases
    return search
  }
}

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

extension Sheet {
  /// Finds the header of a table.
  ///
  /// Throws the kind `missingHeader`, with the row that came nearest, when no row has all the names.
  public func header(_ search: HeaderSearch) throws(WorkbookError) -> TableHeader {
    switch search.place {
    case .row(let number):
      guard let row = rows.first(where: { $0.number == number }) else {
        throw located(WorkbookError(.missingHeader, "row \(number), the header, is empty"))
      }
      return TableHeader(row, aliases: search.aliases)
    case .search(let names, let limit):
      var nearest: (header: TableHeader, missing: [String])?
      for row in rows {
        if row.number > limit { break }
        let header = TableHeader(row, aliases: search.aliases)
        let missing = names.filter { header.column($0) == nil }
        if missing.isEmpty, !header.names.isEmpty { return header }
        if missing.count < nearest?.missing.count ?? names.count { nearest = (header, missing) }
      }
      throw located(missingHeader(names, within: limit, nearest: nearest))
    }
  }

  private func missingHeader(
    _ names: [String], within limit: Int, nearest: (header: TableHeader, missing: [String])?
  ) -> WorkbookError {
    let wanted = quoted(names)
    guard let nearest else {
      let reach = limit == CellReference.lastRow ? "no row" : "none of the first \(limit) rows"
      return WorkbookError(.missingHeader, "\(reach) has the header \(wanted)")
    }
    return WorkbookError(
      .missingHeader,
      "no row has the header \(wanted); row \(nearest.header.row) comes nearest and lacks "
        + "\(quoted(nearest.missing)): it has \(quoted(nearest.header.names))")
  }

  /// An error with the place of this sheet.
  func located(_ error: WorkbookError) -> WorkbookError {
    var error = error
    error.file = file
    error.sheet = name
    return error
  }
}

/// Names in quotes, with commas between them.
func quoted(_ names: [String]) -> String { names.map { "\"\($0)\"" }.joined(separator: ", ") }
