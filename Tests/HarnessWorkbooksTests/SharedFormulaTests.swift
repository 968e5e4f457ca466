import Foundation
import HarnessProcess
import HarnessWorkbooks
import Testing

@testable import struct HarnessWorkbooks.FormulaMove

@Suite struct `Shared formulas` {
  private static let origin = CellReference("C3")!

  /// Formulas of C3, and what they are in E5: two columns and two rows further.
  private static let moves: [(formula: String, moved: String, what: String)] = [
    ("A1*2", "C3*2", "a relative reference"), ("$A$1+A$1+$A1", "$A$1+C$1+$A3", "fixed parts"),
    ("SUM(A1:B2)", "SUM(C3:D4)", "a range"), ("SUM(A:A,$B:C)", "SUM(C:C,$B:E)", "columns"),
    ("SUM(1:1,$2:3)", "SUM(3:3,$2:5)", "rows"),
    ("Sheet1!A1+'A1 b'!A1", "Sheet1!C3+'A1 b'!C3", "names of sheets"),
    ("\"A1\"&A1&\"a\"\"B2\"", "\"A1\"&C3&\"a\"\"B2\"", "texts"),
    ("LOG10(A1)+LOG10", "LOG10(C3)+LOI12", "a function, and a cell that has its name"),
    ("Table1[[#This Row],[A1]]+Table1[A'[1]", "Table1[[#This Row],[A1]]+Table1[A'[1]", "tables"),
    ("[1]Sheet1!A1", "[1]Sheet1!C3", "another workbook"), ("1E5+E5+1.5", "1E5+G7+1.5", "numbers"),
    ("rate_A1+A1.x+TRUE", "rate_A1+A1.x+TRUE", "names"), ("#REF!+#N/A", "#REF!+#N/A", "errors"),
    ("XFD1+A1048576", "#REF!+#REF!", "what leaves the sheet"),
    ("SUM(XFC:XFD)", "SUM(#REF!)", "columns that leave the sheet"), ("a1+$b$2", "C3+$B$2", "case"),
    ("XFE1+A1048577+ABCD1", "XFE1+A1048577+ABCD1", "what is outside of a sheet is a name"),
    ("\"open", "\"open", "a quote that does not end"), ("[open", "[open", "a bracket too"),
    ("A1#+@B2", "C3#+@D4", "spills"), ("سهم+A1", "سهم+C3", "names in any script"), ("", "", "none"),
  ]

  @Test(arguments: moves)
  func `have their relative references moved`(
    formula: String, moved: String, what: String
  ) throws {
    let move = FormulaMove(from: Self.origin, to: try #require(CellReference("E5")))
    #expect(move.moved(formula) == moved)
  }

  @Test func `are expanded in the cells that share them`() throws {
    let sheet = try RawWorkbook(
      rows: """
        <row r="1"><c r="B1"><f t="shared" ref="B1:B3" si="0">A1*$C$1</f><v>6</v></c></row>\
        <row r="3"><c r="B3"><f t="shared" si="0"/><v>8</v></c><c r="D3"><v>1</v></c></row>
        """
    ).sheet()
    #expect(try sheet["B1"].expandedFormula == "A1*$C$1")
    #expect(try sheet["B3"].expandedFormula == "A3*$C$1")
    #expect(try sheet["B3"].formula?.text == "A1*$C$1")
    #expect(try sheet["D3"].expandedFormula == nil)
  }

  @Test(
    .enabled("needs Python's openpyxl") { await Python.has("openpyxl") },
    arguments: ["xlsx/poi__shared_formulas.xlsx", "xlsx/poi__simple-monthly-budget.xlsx"])
  func `are expanded as openpyxl expands them`(file: String) async throws {
    let program = """
      import sys, openpyxl
      for sheet in openpyxl.load_workbook(sys.argv[1]).worksheets:
          for row in sheet.iter_rows():
              for cell in row:
                  if cell.data_type == "f" and isinstance(cell.value, str):
                      print(sheet.title, cell.coordinate, cell.value)
      """
    let path = TestFile.path(file)
    let result = try await run(Command(Python.path, ["-c", program, path]))
    #expect(result.status.isSuccess, "\(result.standardError.text)")
    let workbook = try Workbook(path: path)
    var lines: [String] = []
    for index in workbook.sheets.indices {
      let sheet = try workbook.sheet(at: index)
      for cell in sheet.rows.flatMap({ $0 }) {
        guard let formula = cell.expandedFormula else { continue }
        lines.append("\(sheet.name) \(cell.reference) =\(formula)")
      }
    }
    #expect(lines.count >= 5)
    #expect(lines == result.standardOutput.text.split(separator: "\n").map { String($0) })
  }
}
