import Foundation
import GRDB

/// What one company did, as a row of the table of rows.
///
/// The columns of the row itself lie beside those that say where it belongs. GRDB stores a `Decimal` as
/// the text of its digits and reads it back from them, so no digit is lost.
struct RowRecord: FetchableRecord, PersistableRecord {
  static let databaseTableName = "reportRow"

  var report: String
  var position: Int
  var sector: String
  var row: ReportRow
}

extension RowRecord: Codable {
  private enum Key: String, CodingKey {
    case report, position, sector
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    report = try container.decode(String.self, forKey: .report)
    position = try container.decode(Int.self, forKey: .position)
    sector = try container.decode(String.self, forKey: .sector)
    row = try ReportRow(from: decoder)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(report, forKey: .report)
    try container.encode(position, forKey: .position)
    try container.encode(sector, forKey: .sector)
    try row.encode(to: encoder)
  }
}
