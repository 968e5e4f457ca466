import Foundation
import HarnessWorkbooks
import Testing

/// A line of a daily report, as a service would read it.
private struct Listing: Decodable, Equatable {
  var company: String
  var code: String
  var open: Decimal
  var high: Decimal
  var low: Decimal
  var average: Decimal
  var previousAverage: Decimal
  var close: Decimal
  var previousClose: Decimal
  var change: Decimal
  var trades: Int
  var volume: Int
  var value: Decimal

  enum CodingKeys: String, CodingKey {
    case company = "Company Name"
    case code = "Code"
    case open = "Opening Price"
    case high = "Highest Price"
    case low = "Lowest Price"
    case average = "Average Price"
    case previousAverage = "Prev. Average Price"
    case close = "Closing Price"
    case previousClose = "Prev. Closing Price"
    case change = "Change (%)"
    case trades = "No.of Trades"
    case volume = "Traded Volume"
    case value = "Traded Value"
  }
}

/// What each workbook was written from: `expected.json`, which our reader did not make.
private struct ExpectedReport: Decodable {
  struct Sector: Decodable {
    var sector: String
    var rows: [ExpectedListing]
  }
  var date: String
  var sectors: [Sector]
}

/// A listing of `expected.json`, whose numbers JSON decodes without a detour over `Double`.
private typealias ExpectedListing = Listing

@Suite struct `Rows of a daily report` {
  @Test(arguments: [
    "2025 06 22 ISX Daily Report.xlsx", "2025 06 23 ISX Daily Report.xlsx",
    "2025 06 24 ISX Daily Report.xlsx",
  ])
  func `are read by sector, without the totals`(file: String) throws {
    let sheet = try Workbook(path: TestFile.path("isx/\(file)")).sheet(at: 0)

    let bulletin = try sheet.decode(Listing.self, header: .search(["Code", "Closing Price"])) {
      row in
      if row["Company Name"]?.text?.contains("Total") == true { return .skip }
      if let title = row.onlyText { return .section(title) }
      return .data
    }

    let json = try Data(contentsOf: URL(filePath: TestFile.path("isx/expected.json")))
    let expected = try #require(
      JSONDecoder().decode([String: ExpectedReport].self, from: json)[file])
    #expect(bulletin.header.row == 4)
    #expect(bulletin.sections.map(\.title) == expected.sectors.map(\.sector))
    #expect(bulletin.sections.map(\.rows) == expected.sectors.map(\.rows))
    #expect(Array(bulletin) == expected.sectors.flatMap(\.rows))
    #expect(bulletin.skipped.count >= expected.sectors.count)
  }
}
