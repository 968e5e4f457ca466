import Foundation
import HarnessWorkbooks
import Testing

/// Workbooks of other projects, against what two other readers found in them.
@Suite struct `The corpus` {
  private static let files: [String] = {
    let names = try? FileManager.default.contentsOfDirectory(atPath: TestFile.path("xlsx"))
    return (names ?? []).filter { $0.hasSuffix(".xlsx") }.sorted()
  }()

  @Test func `is there`() {
    #expect(Self.files.count >= 16)
  }

  @Test(arguments: files)
  func `is read as other readers read it`(file: String) throws {
    let workbook = try Workbook(path: TestFile.path("xlsx/\(file)"))
    let expected = try ExpectedWorkbook(file: file)
    #expect(workbook.sheets.map(\.name) == expected.sheets.map(\.name))
    #expect(workbook.sheets.map { "\($0.visibility)" } == expected.sheets.map(\.state))
    #expect((workbook.epoch == .year1904) == (expected.date1904 ?? false))
    for wanted in expected.sheets {
      let sheet = try workbook.sheet(wanted.name)
      let cells = sheet.rows.flatMap { $0 }.compactMap { cell in
        ExpectedWorkbook.ExpectedCell(cell.value).map { ("\(cell.reference)", $0) }
      }
      let found = Dictionary(uniqueKeysWithValues: cells)
      for reference in Set(found.keys).union(wanted.cells.keys).sorted() {
        let one = found[reference]
        let other = wanted.cells[reference]
        // The dumps leave empty texts out.
        if one?.value == "", other == nil { continue }
        #expect(one == other, "\(wanted.name) \(reference)")
      }
      if let merged = wanted.merged {
        #expect(sheet.merges.map(\.description).sorted() == merged.sorted())
      }
      #expect(
        Self.pairs(sheet.tables.map { ($0.name, "\($0.range)") }) == wanted.tables ?? [:])
      #expect(
        Self.pairs(sheet.hyperlinks.map { ("\($0.range)", $0.target) }) == wanted.hyperlinks ?? [:])
      #expect(
        Self.pairs(sheet.comments.map { ("\($0.reference)", $0.text) }) == wanted.comments ?? [:])
    }
    if let names = expected.definedNames {
      for (name, formula) in names {
        #expect(
          workbook.definedNames.contains { $0.name == name && $0.formula == formula }, "\(name)")
      }
    }
  }

  private static func pairs(_ pairs: [(String, String)]) -> [String: String] {
    Dictionary(pairs) { first, _ in first }
  }
}
