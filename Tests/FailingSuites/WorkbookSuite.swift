import Fixtures
import GoldenFiles
import Testing

/// What is wrong with workbooks and generators, told as Swift Testing tells it.
@Suite struct WorkbookSuite {
  @Test func rows() throws {
    _ = try Fixture.rows(
      WorkbookScenarios.Listing.self, from: "isx/2025 06 24 ISX Daily Report.xlsx",
      header: .search(["Code", "Closing Price"]))
  }

  @Test func thrown() throws {
    try WorkbookScenarios.readRows()
  }

  @Test func columns() throws {
    try WorkbookScenarios.readColumns()
  }

  @Test func header() throws {
    try WorkbookScenarios.findHeader()
  }

  @Test func damage() throws {
    try WorkbookScenarios.readDamage()
  }

  @Test func golden() throws {
    try expectGolden(WorkbookScenarios.prices(close: 1.5), as: .workbook, named: "prices")
  }

  @Test func exhausted() throws {
    _ = try WorkbookScenarios.impossible.value(seed: 7)
  }

  @Test func tooFew() throws {
    try forAll(WorkbookScenarios.impossible, runs: 5, seed: 1) { $0 > 0 }
  }

  @Test func forAllAsync() async throws {
    try await forAll(.int(in: 0...1000), seed: 1) { number in
      await Task.yield()
      return number < 100
    }
  }
}
