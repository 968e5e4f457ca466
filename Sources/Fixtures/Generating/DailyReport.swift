public import Foundation
public import HarnessWorkbooks

/// A day's report of a stock exchange, made from a seed: the shape of the Iraq Stock Exchange's bulletin
/// with invented companies and prices.
///
/// ```swift
/// let report = DailyReport(seed: 7, companies: 40, sectors: 7, date: SheetDate("2025-06-24")!)
/// let workbook = try report.workbook()
/// ```
///
/// The same arguments give the same report, on every machine and day, as long as
/// ``generatorVersion`` stays the same. What holds in reality holds here: the lowest price is at most
/// the opening, closing and average ones, and those at most the highest; the value traded is the average price
/// times the volume; totals add up.
public struct DailyReport: Sendable, Hashable {
  /// The version of the algorithm; a new one gives other reports for the same seeds.
  public static let generatorVersion = 1

  /// The listings of one sector.
  public struct Sector: Sendable, Hashable {
    /// The name, such as `Banking Sector`.
    public var name: String
    /// The companies traded, in the order of the report.
    public var listings: [Listing]
  }

  /// What was traded of one company; its coding keys are the names of the columns.
  public struct Listing: Sendable, Hashable, Codable {
    /// The name of the company.
    public var company: String
    /// Its symbol: four letters that no other company of the report has; five in a sector whose 17,576 symbols of four are used
    /// up.
    public var code: String
    /// The first price of the day, with two decimals as all prices but the averages.
    public var open: Decimal
    /// The highest price of the day.
    public var high: Decimal
    /// The lowest price of the day.
    public var low: Decimal
    /// The average price of the day, with three decimals.
    public var average: Decimal
    /// The average price of the day before, with three decimals.
    public var previousAverage: Decimal
    /// The last price of the day.
    public var close: Decimal
    /// The last price of the day before.
    public var previousClose: Decimal
    /// The change of the last price in per cent, with two decimals.
    public var change: Decimal
    /// The number of trades, at least 1.
    public var trades: Int
    /// The number of shares traded.
    public var volume: Int
    /// The value traded, with two decimals.
    public var value: Decimal

    /// The columns, as the header of the report names them.
    public enum CodingKeys: String, CodingKey, CaseIterable, Sendable {
      /// The column of ``Listing/company``.
      case company = "Company Name"
      /// The column of ``Listing/code``.
      case code = "Code"
      /// The column of ``Listing/open``.
      case open = "Opening Price"
      /// The column of ``Listing/high``.
      case high = "Highest Price"
      /// The column of ``Listing/low``.
      case low = "Lowest Price"
      /// The column of ``Listing/average``.
      case average = "Average Price"
      /// The column of ``Listing/previousAverage``.
      case previousAverage = "Prev. Average Price"
      /// The column of ``Listing/close``.
      case close = "Closing Price"
      /// The column of ``Listing/previousClose``.
      case previousClose = "Prev. Closing Price"
      /// The column of ``Listing/change``.
      case change = "Change (%)"
      /// The column of ``Listing/trades``.
      case trades = "No.of Trades"
      /// The column of ``Listing/volume``.
      case volume = "Traded Volume"
      /// The column of ``Listing/value``.
      case value = "Traded Value"
    }
  }

  /// What adds up over several listings.
  public struct Totals: Sendable, Hashable {
    /// The number of trades.
    public var trades: Int
    /// The number of shares traded.
    public var volume: Int
    /// The value traded.
    public var value: Decimal
  }

  /// The day of the report.
  public var date: SheetDate
  /// The sectors with their listings, in the order of the report.
  public var sectors: [Sector]

  /// A report with these sectors.
  public init(date: SheetDate, sectors: [Sector]) {
    self.date = date
    self.sectors = sectors
  }

  /// All listings, in the order of the report.
  public var listings: [Listing] { sectors.flatMap(\.listings) }

  /// The totals over all listings.
  public var totals: Totals { Totals(listings) }
}

extension DailyReport.Sector {
  /// The totals over the sector.
  public var totals: DailyReport.Totals { DailyReport.Totals(listings) }
}

extension DailyReport.Totals {
  init(_ listings: [DailyReport.Listing]) {
    trades = listings.reduce(0) { $0 + $1.trades }
    volume = listings.reduce(0) { $0 + $1.volume }
    value = listings.reduce(0) { $0 + $1.value }
  }
}
