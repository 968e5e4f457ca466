import Foundation

extension [Progress] {
  /// The stages and the end, in the order in which they were told.
  public var story: String {
    let stages = stages.map { "\($0)" } + [last?.status?.rawValue ?? "no end"]
    return stages.joined(separator: ", ")
  }
}

extension ReportDocument {
  /// What the report is about.
  public var story: String {
    let companies = sectors.map(\.rows.count).reduce(0, +)
    return "report of \(date): \(companies) companies in \(sectors.count) sectors"
  }
}

extension ReportDocument.Total {
  /// The sums, with the digits in groups of three.
  public var story: String {
    let locale = Locale(identifier: "en_US")
    let count = IntegerFormatStyle<Int>(locale: locale).grouping(.automatic)
    let amount = Decimal.FormatStyle(locale: locale).grouping(.automatic)
    return """
      \(trades.formatted(count)) trades, \(volume.formatted(count)) shares, \
      \(value.formatted(amount)) dinars
      """
  }
}
