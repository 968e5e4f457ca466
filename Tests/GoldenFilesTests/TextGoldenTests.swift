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
    func test(_ name: String) -> RunningTest {
      RunningTest(name: name, specifier: "M.S/\(name)", isParameterized: false)
    }
    #expect(GoldenClaims.claim(file, for: site, test: test("a()")) == nil)
    #expect(GoldenClaims.claim(file, for: site, test: test("a()")) == nil)
    // Another line, another test at the line of a common helper, and a name in other letters.
    let other = GoldenClaims.claim(file, for: CallSite(), test: test("a()"))
    #expect(other?.place == "GoldenFilesTests/TextGoldenTests.swift:\(site.line):\(site.column)")
    #expect(GoldenClaims.claim(file, for: site, test: test("b()"))?.test == "M.S/a()")
    #expect(
      GoldenClaims.claim("/Goldens/Claimed-by-one-line.txt", for: site, test: test("a()"))?.path
        == file)
  }

  @Test(arguments: [
    ("", nil), ("a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> main\n", 2),
    ("<<<<<<< HEAD\r\n=======\r\n>>>>>>> x", 1), ("=======\n>>>>>>> x\n<<<<<<< y\n", nil),
    ("<<<<<<< HEAD\n", nil), (" <<<<<<< HEAD\n=======\n>>>>>>> x", nil),
  ])
  func `knows the marks of a merge conflict`(_ text: String, _ line: Int?) {
    #expect(ConflictMarks.line(in: Array(text.utf8)) == line)
  }

  @Test func `that is empty is a golden like any other`() {
    #expect(TextGolden().compare("", with: "", rules: []).differences.isEmpty)
    #expect(TextGolden().compare("a", with: "", rules: []).differences.count == 1)
  }

  @Test func `differs by a byte-order mark, and says so`() throws {
    let golden = try TextGolden().read([0xEF, 0xBB, 0xBF] + Array("a\n".utf8))
    let difference = TextGolden().compare("a\n", with: golden, rules: []).differences.first
    #expect(
      difference?.description == """
        note      the golden file begins with a byte-order mark, as some editors write it
        line 1 of the golden file:
          - \\u{FEFF}a
            ^^^^^^^^
          + a
            \("")
        """)
  }
}
