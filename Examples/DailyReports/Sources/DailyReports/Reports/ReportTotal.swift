public import Foundation

/// The sums over some rows: of one sector, or of the whole report.
///
/// They are computed from the rows. The totals that the workbook shows are left aside: they carry
/// the rounding errors of the spreadsheet that added them up.
public struct ReportTotal: Sendable, Equatable, Encodable {
  /// The number of trades.
  ///
  /// A `Decimal` like the other sums: counts come from a client, and an `Int` that cannot hold their sum
  /// would end the service.
  public var trades: Decimal
  /// The number of shares that changed hands.
  public var volume: Decimal
  /// What was paid for them, in dinars.
  public var value: Decimal
  /// The volume-weighted average price: value divided by volume, rounded half to even to six places.
  ///
  /// Nil when nothing was traded.
  public var vwap: Decimal?

  init(of rows: some Sequence<ReportRow>) {
    trades = 0
    volume = 0
    value = 0
    for row in rows {
      trades += Decimal(row.trades)
      volume += Decimal(row.volume)
      value += row.value
    }
    vwap = volume == 0 ? nil : (value / volume).rounded(toPlaces: 6)
  }
}

extension Decimal {
  /// Rounds half to even, so that rounding many numbers does not push their sum in one direction.
  fileprivate func rounded(toPlaces places: Int) -> Decimal {
    var exact = self
    var rounded = Decimal()
    unsafe NSDecimalRound(&rounded, &exact, places, .bankers)
    return rounded
  }
}
