import Fixtures
import Testing

/// A fixture that is not there, in Swift Testing.
@Suite struct FixtureSuite {
  @Test func missing() throws {
    // The line below is the one that the failure must be shown at.
    _ = try Fixture.workbook("isx/june.xlsx")
  }

  @Test func viewOfFile() throws {
    try withFixtureView(of: "isx/README.md") { _ in }
  }

  @Test func bytesOfFolder() throws {
    _ = try Fixture.bytes("isx")
  }
}
