import Fixtures
import GoldenFiles
import HarnessTestSupport
import Testing

@Suite struct `A golden workbook that has been through something` {
  @Test func `is told of`() throws {
    let date = try #require(SheetDate(year: 2025, month: 6, day: 24))
    let file = try DailyReport(seed: 7, companies: 2, date: date).workbook()
    let workbook = try Workbook(bytes: file.bytes)
    try expectGolden(GoldenDamage.table(workbook, as: .workbook), named: "damage-workbook")
  }
}
