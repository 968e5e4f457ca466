import HarnessWorkbooks
import Testing

@testable import func HarnessWorkbooks.bytesOfFile

@Suite struct `Nasty workbooks` {
  private static let files = [
    "isx/2025 06 22 ISX Daily Report.xlsx", "xlsx/poi__WithMoreVariousData.xlsx",
    "xlsx/excelize__Book1.xlsx", "xlsx/closedxml__CellValues.xlsx",
  ]

  @Test(arguments: WorkbookMutator.Form.allCases, files)
  func `are read the same, or refused`(form: WorkbookMutator.Form, file: String) throws {
    let bytes = try bytesOfFile(TestFile.path(file), limit: 1 << 20)
    let good = try Workbook(bytes: bytes)
    let mutator = try WorkbookMutator(bytes)
    for seed in 0..<3 as Range<UInt64> {
      let nasty = try mutator.mutated(form, seed: seed)
      #expect(try nasty == mutator.mutated(form, seed: seed))
      do throws(WorkbookError) {
        let workbook = try Workbook(bytes: nasty, name: "nasty.xlsx")
        for index in workbook.sheets.indices where workbook.sheets[index].isWorksheet {
          _ = try workbook.sheet(at: index)
        }
        #expect(form.outcome != .refused)
        if form.outcome == .same {
          #expect(nasty != bytes)
          #expect(try WorkbookDifference(from: good, to: workbook).description == "")
        }
      } catch {
        #expect(form.outcome != .same, "\(error)")
        #expect(!error.reason.isEmpty)
        #expect(error.file == "nasty.xlsx")
      }
    }
  }

  @Test func `are made of good ones alone`() {
    #expect(throws: WorkbookError.self) { try WorkbookMutator([1, 2, 3]) }
  }
}
