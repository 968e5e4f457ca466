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
  private(set) var aliases: [String: [String]] = [:]
  private(set) var fillsMerges = false

  /// The first row that has cells.
  public static let firstRow = HeaderSearch(place: .search(names: [], rows: CellReference.lastRow))

  /// The row of a number, counted from 1.
  public static func row(_ number: Int) -> HeaderSearch { HeaderSearch(place: .row(number)) }

  /// The first row that has all of these names, among the first `rows` rows of the sheet.
  public static func search(_ names: [String], within rows: Int = 20) -> HeaderSearch {
    HeaderSearch(place: .search(names: names, rows: rows))
  }

  /// The same header, where each cell of a merged range counts as if it held the range's value, in the
  /// header and in the rows.
  ///
  /// A title that is merged over two rows or two columns then names them all, and a value that is merged
  /// over several rows is in each of them. Not for rows that are read without their sheet, for which
  /// merged ranges are not known.
  public func fillingMerged() -> HeaderSearch {
    var search = self
    search.fillsMerges = true
    return search
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
