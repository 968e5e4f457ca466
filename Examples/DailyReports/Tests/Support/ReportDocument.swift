public import Foundation

/// A report, as a client reads it.
public struct ReportDocument: Decodable, Sendable {
  /// The companies of one sector.
  public struct Sector: Decodable, Sendable {
    public let name: String
    public let rows: [Row]
    public let total: Total
  }

  /// What one company did.
  public struct Row: Decodable, Sendable, Equatable {
    public let company: String
    public let code: String
    public let open: Decimal
    public let high: Decimal
    public let low: Decimal
    public let average: Decimal
    public let previousAverage: Decimal
    public let close: Decimal
    public let previousClose: Decimal
    public let changePercent: Decimal
    public let trades: Int
    public let volume: Int
    public let value: Decimal
  }

  /// Sums over rows.
  public struct Total: Decodable, Sendable {
    public let trades: Int
    public let volume: Int
    public let value: Decimal
    public let vwap: Decimal?
  }

  /// A company whose price rose or fell.
  public struct Mover: Decodable, Sendable {
    public let code: String
    public let changePercent: Decimal
  }

  public let id: String
  public let date: String
  public let fileName: String
  public let sectors: [Sector]
  public let total: Total
  public let gainers: [Mover]
  public let losers: [Mover]
}

/// The list of reports, as a client reads it.
public struct ReportList: Decodable, Sendable {
  /// A line of the list.
  public struct Entry: Decodable, Sendable {
    public let id: String
    public let date: String
    public let fileName: String
    public let companies: Int
  }

  public let reports: [Entry]
}
