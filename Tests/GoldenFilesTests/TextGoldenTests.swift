import HarnessReporting
import Testing

@testable import GoldenFiles

@Suite struct `A text golden` {
  @Test func `is compared byte by byte`() {
    #expect(TextGolden().compare("a", with: "a", rules: []).differences.isEmpty)
    #expect(TextGolden().compare("\u{E9}", with: "e\u{301}", rules: []).differences.count == 1)
    #expect(TextGolden().compare("a", with: nil, rules: []).candidate == "a")
  }

  @Test func `has no places for rules`() {
    #expect(
      TextGolden().compare("a", with: "a", rules: [.any("/a")]).violations.map(\.description) == [
        #"the rule .any("/a") needs a place, and a text has none: make it a JSON golden"#
      ])
  }

  @Test func `is UTF-8`() {
    #expect(throws: UnreadableGolden.self) { try TextGolden().read([0xFF]) }
  }

  @Test func `is claimed by one line`() {
    let site = CallSite()
    let file = "/Goldens/claimed-by-one-line.txt"
    #expect(GoldenClaims.claim(file, for: site) == nil)
    #expect(GoldenClaims.claim(file, for: site) == nil)
    #expect(
      GoldenClaims.claim(file, for: CallSite())
        == "GoldenFilesTests/TextGoldenTests.swift:25:24")
  }
}
