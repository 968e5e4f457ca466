import Fixtures
import Foundation
import HarnessJSON
import Testing

@Suite struct `Fixtures` {
  private static let report = "isx/2025 06 24 ISX Daily Report.xlsx"

  @Test func `are found by name`() throws {
    #expect(try Fixture.path(Self.report).hasSuffix("/testdata/\(Self.report)"))
    #expect(try Fixture.url(Self.report).lastPathComponent == "2025 06 24 ISX Daily Report.xlsx")
    #expect(try Fixture.bytes(Self.report).count == 11_417)
  }

  @Test func `are found in a bundle`() throws {
    try withTemporaryFolder { folder in
      try folder.write(Array("a,b\n1,2\n".utf8), to: "rows.csv")
      try folder.write(Array("{}".utf8), to: "testdata/one.json")
      let bundle = try #require(Bundle(path: folder.url.path))
      #expect(try Fixture.csv("rows.csv", in: bundle).header == ["a", "b"])
      #expect(try Fixture.json("one.json", in: bundle) == [:])
      // What the bundle has not is looked for beside the sources.
      #expect(try Fixture.workbook(Self.report, in: bundle).sheets.count == 3)
    }
  }

  @Test func `are opened as workbooks`() throws {
    let workbook = try Fixture.workbook(Self.report)
    #expect(workbook.name == "2025 06 24 ISX Daily Report.xlsx")
    #expect(workbook.sheets.count == 3)
  }

  @Test func `that are no workbooks give an error that a test may expect`() {
    let error = #expect(throws: WorkbookError.self) { try Fixture.workbook("isx/expected.json") }
    #expect(error?.kind == .notAWorkbook)
  }
}
