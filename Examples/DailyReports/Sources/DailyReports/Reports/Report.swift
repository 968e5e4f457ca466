public import Foundation
public import HarnessWorkbooks

/// A daily report: the rows of one bulletin by sector, and what follows from them.
public struct Report: Sendable, Equatable, Encodable {
  /// One sector of the exchange.
  public struct Sector: Sendable, Equatable, Encodable {
    /// The name of the sector, for example `Banking Sector`.
    public var name: String
    /// The companies of the sector that were traded, in the order of the bulletin.
    public var rows: [ReportRow]
    /// The sums over the rows of the sector.
    public var total: ReportTotal
  }

  /// A company whose price rose or fell.
  public struct Mover: Sendable, Equatable, Encodable {
    /// The exchange's code for the company.
    public var code: String
    /// The name of the company.
    public var company: String
    /// The price of the last trade.
    public var close: Decimal
    /// The change from the closing price before, in percent.
    public var changePercent: Decimal
  }

  /// The name of this report.
  public var id: ReportID
  /// When the report was made, to the second.
  public var createdAt: Date
  /// The trading session that the report is about.
  public var date: SheetDate
  /// The name of the workbook that was uploaded.
  public var fileName: String
  /// The sectors, in the order of the bulletin.
  public var sectors: [Sector]
  /// The sums over all rows.
  public var total: ReportTotal
  /// At most five companies whose price rose most, the largest rise first.
  public var gainers: [Mover]
  /// At most five companies whose price fell most, the largest fall first.
  public var losers: [Mover]
}

extension Report {
  /// Makes a report from a bulletin by computing everything that follows from its rows.
  init(_ bulletin: Bulletin, id: ReportID, createdAt: Date, fileName: String) {
    let rows = bulletin.sectors.flatMap(\.rows)
    self.id = id
    self.createdAt = createdAt
    self.date = bulletin.date
    self.fileName = fileName
    sectors = bulletin.sectors.map {
      Sector(name: $0.name, rows: $0.rows, total: ReportTotal(of: $0.rows))
    }
    total = ReportTotal(of: rows)
    gainers = Self.movers(in: rows.filter { $0.changePercent > 0 }) { $0 > $1 }
    losers = Self.movers(in: rows.filter { $0.changePercent < 0 }) { $0 < $1 }
  }

  private static func movers(
    in rows: [ReportRow], by precedes: (Decimal, Decimal) -> Bool
  ) -> [Mover] {
    let sorted = rows.sorted { one, other in
      // Equal changes stand in the order of their codes, so that a report is the same every time.
      one.changePercent == other.changePercent
        ? one.code < other.code
        : precedes(one.changePercent, other.changePercent)
    }
    return sorted.prefix(5).map {
      Mover(
        code: $0.code, company: $0.company, close: $0.close, changePercent: $0.changePercent)
    }
  }
}
