public import Foundation
public import TestHarness

/// What rows add up to.
public struct Sums: Sendable, Equatable {
  public var trades = 0
  public var volume = 0
  public var value = Decimal()
}

extension Sums {
  /// What a generated bulletin adds up to.
  public init(_ totals: DailyReport.Totals) {
    self.init(trades: totals.trades, volume: totals.volume, value: totals.value)
  }
}

extension ReportDocument.Total {
  /// The sums that the report states.
  public var sums: Sums { Sums(trades: trades, volume: volume, value: value) }

  /// Whether the average price, which has six places, is that of the sums.
  public var isAverageOfItsSums: Bool {
    guard let vwap else { return volume == 0 }
    let half = Decimal(sign: .plus, exponent: -7, significand: 5)
    return (vwap * Decimal(volume) - value).magnitude <= half * Decimal(volume)
  }
}

extension [ReportDocument.Row] {
  /// What the rows add up to, digit by digit.
  public var sums: Sums {
    reduce(into: Sums()) { sums, row in
      sums.trades += row.trades
      sums.volume += row.volume
      sums.value += row.value
    }
  }

  /// The five largest rises in percent, the largest first.
  public var largestRises: [Decimal] {
    [Decimal](map(\.changePercent).filter { $0 > 0 }.sorted(by: >).prefix(5))
  }

  /// The five largest falls in percent, the largest first.
  public var largestFalls: [Decimal] {
    [Decimal](map(\.changePercent).filter { $0 < 0 }.sorted().prefix(5))
  }
}
