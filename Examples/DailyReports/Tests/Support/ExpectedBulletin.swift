import Foundation
import TestHarness

/// What a sample workbook was written from: `testdata/isx/expected.json`, which our reader did not make.
public struct ExpectedBulletin: Decodable, Sendable {
  /// The rows of one sector.
  public struct Sector: Decodable, Sendable {
    public let sector: String
    private let rows: [ExpectedRow]

    /// The rows as a report should have them.
    public var reportRows: [ReportDocument.Row] { rows.map(\.row) }
  }

  public let date: String
  public let sectors: [Sector]

  /// All rows of the bulletin.
  public var rows: [ReportDocument.Row] { sectors.flatMap(\.reportRows) }

  /// Reads what a sample was written from.
  public init(of sample: SampleBulletin) throws {
    let samples = try JSONValue(parsing: Fixture.bytes("isx/expected.json"))
    self = try samples.value(at: "/\(sample.fileName)").decode(ExpectedBulletin.self)
  }
}

/// A row under the names that the exchange gives its columns.
private struct ExpectedRow: Decodable, Sendable {
  let row: ReportDocument.Row

  private enum Column: String, CodingKey {
    case company = "Company Name"
    case code = "Code"
    case open = "Opening Price"
    case high = "Highest Price"
    case low = "Lowest Price"
    case average = "Average Price"
    case previousAverage = "Prev. Average Price"
    case close = "Closing Price"
    case previousClose = "Prev. Closing Price"
    case changePercent = "Change (%)"
    case trades = "No.of Trades"
    case volume = "Traded Volume"
    case value = "Traded Value"
  }

  init(from decoder: any Decoder) throws {
    let columns = try decoder.container(keyedBy: Column.self)
    row = ReportDocument.Row(
      company: try columns.decode(String.self, forKey: .company),
      code: try columns.decode(String.self, forKey: .code),
      open: try columns.decode(Decimal.self, forKey: .open),
      high: try columns.decode(Decimal.self, forKey: .high),
      low: try columns.decode(Decimal.self, forKey: .low),
      average: try columns.decode(Decimal.self, forKey: .average),
      previousAverage: try columns.decode(Decimal.self, forKey: .previousAverage),
      close: try columns.decode(Decimal.self, forKey: .close),
      previousClose: try columns.decode(Decimal.self, forKey: .previousClose),
      changePercent: try columns.decode(Decimal.self, forKey: .changePercent),
      trades: try columns.decode(Int.self, forKey: .trades),
      volume: try columns.decode(Int.self, forKey: .volume),
      value: try columns.decode(Decimal.self, forKey: .value))
  }
}
