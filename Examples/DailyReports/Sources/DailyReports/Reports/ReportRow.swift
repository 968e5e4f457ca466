public import Foundation

/// What one company did in a trading session, as the bulletin states it.
public struct ReportRow: Sendable, Equatable, Codable {
  /// The name of the company.
  public var company: String
  /// The exchange's code for the company, for example `BBOB`.
  public var code: String
  /// The price of the first trade, in dinars, like every price here.
  public var open: Decimal
  /// The highest price of the session.
  public var high: Decimal
  /// The lowest price of the session.
  public var low: Decimal
  /// The average price of the session, as the exchange computed it.
  public var average: Decimal
  /// The average price of the session before.
  public var previousAverage: Decimal
  /// The price of the last trade.
  public var close: Decimal
  /// The closing price of the session before.
  public var previousClose: Decimal
  /// The change from the closing price before to this one, in percent.
  public var changePercent: Decimal
  /// The number of trades.
  public var trades: Int
  /// The number of shares that changed hands.
  public var volume: Int
  /// What was paid for them, in dinars.
  public var value: Decimal
}
