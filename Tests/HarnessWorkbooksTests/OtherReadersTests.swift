import Foundation
import HarnessProcess
import HarnessWorkbooks
import Testing

/// Written workbooks, read by readers that nobody here wrote; `HARNESS_PYTHON` may name a Python that has them.
@Suite struct `Other readers` {
  private static let cells: [(String, CellContent, json: String)] = [
    ("A1", "A < B & \"C\" > 'D'", "\"A < B & \\\"C\\\" > 'D'\""), ("B1", 4.56, "4.56"),
    ("C1", 312, "312"), ("D1", true, "true"), ("E1", "tab\tand\nline", "\"tab\\tand\\nline\""),
    ("A2", .date(SheetDate("2025-06-24")!), "\"2025-06-24\""),
    ("B2", CellContent(.time(SheetTime("13:45:22")!)), "\"13:45:22\""),
    ("C2", .formula("B1*2", value: .number(9.12)), "9.12"),
    ("D2", .number(0.1, format: "0.000"), "0.1"), ("XFD3", "far", "\"far\""),
    ("A4", " edges ", "\" edges \""), ("B4", "سهم", "\"سهم\""), ("C4", 1e-7, "1e-07"),
    // Marks that Swift takes for one character with the blank beside them.
    ("D4", "\u{600} ", "\"\u{600} \""), ("E4", " \u{605}", "\" \u{605}\""),
    ("A5", "\u{600}\n", "\"\u{600}\\n\""), ("B5", " \u{301}", "\" \u{301}\""),
    ("C5", .formula("A4", value: .text("\u{600} ")), "\"\u{600} \""),
  ]

  private static func workbook(_ texts: WorkbookWriter.Texts) throws -> [UInt8] {
    var writer = WorkbookWriter(compression: .deflate, texts: texts)
    try writer.addSheet("First") { sheet throws(WorkbookError) in
      for (place, content, _) in cells { try sheet.set(content, at: CellReference(place)!) }
      try sheet.merge(CellRange("A6:C7")!)
      try sheet.set("x", at: CellReference("A10")!)
      try sheet.set("y", at: CellReference("B10")!)
      try sheet.addTable("Named", CellRange("A10:B11")!)
      try sheet.setWidth(30, ofColumn: 2)
    }
    try writer.addSheet("Hidden & second", visibility: .hidden) { _ in }
    return try writer.bytes()
  }

  private func read(_ program: String, _ texts: WorkbookWriter.Texts) async throws -> String {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "harness-\(UUID().uuidString).xlsx").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(Self.workbook(texts)).write(to: URL(filePath: path))
    let result = try await run(Command(Python.path, ["-c", program, path]))
    #expect(result.status.isSuccess, "\(result.standardError.text)")
    return result.standardOutput.text
  }

  @Test(
    .enabled("needs Python's openpyxl") { await Python.has("openpyxl") },
    arguments: [WorkbookWriter.Texts.shared, .inline])
  func `openpyxl finds what was written`(texts: WorkbookWriter.Texts) async throws {
    let program = """
      import json, sys, openpyxl
      book = openpyxl.load_workbook(sys.argv[1], data_only=True)
      sheet = book["First"]
      print([(s.title, s.sheet_state) for s in book.worksheets])
      print([str(r) for r in sheet.merged_cells.ranges], dict(sheet.tables.items()))
      print(sheet.column_dimensions["B"].width)
      print(openpyxl.load_workbook(sys.argv[1])["First"]["C2"].value)
      for place in \(Self.cells.map(\.0)):
          value = sheet[place].value
          if hasattr(value, "isoformat"): value = value.isoformat().replace("T00:00:00", "")
          print(place, json.dumps(value, ensure_ascii=False))
      """
    let lines =
      [
        "[('First', 'visible'), ('Hidden & second', 'hidden')]", "['A6:C7'] {'Named': 'A10:B11'}",
        "30.0",
        "=B1*2",
      ] + Self.cells.map { "\($0.0) \($0.json)" }
    #expect(try await read(program, texts) == lines.joined(separator: "\n") + "\n")
  }

  @Test(
    .enabled("needs Python's python_calamine") { await Python.has("python_calamine") },
    arguments: [WorkbookWriter.Texts.shared, .inline])
  func `calamine finds what was written`(texts: WorkbookWriter.Texts) async throws {
    let program = """
      import json, sys, python_calamine
      book = python_calamine.CalamineWorkbook.from_path(sys.argv[1])
      rows = book.get_sheet_by_name("First").to_python(skip_empty_area=False)
      print(book.sheet_names)
      for row, column in \(Self.cells.compactMap { CellReference($0.0) }.map { "(\($0.row), \($0.column))" }
      .joined(separator: ", ")):
          value = rows[row - 1][column - 1]
          if hasattr(value, "isoformat"): value = value.isoformat().replace("T00:00:00", "")
          if isinstance(value, float) and value == int(value): value = int(value)
          print(json.dumps(value, ensure_ascii=False))
      """
    let lines = ["['First', 'Hidden & second']"] + Self.cells.map(\.json)
    #expect(try await read(program, texts) == lines.joined(separator: "\n") + "\n")
  }
}

extension `Other readers` {
  private static let office = ["soffice", "libreoffice"]

  private static func officeProgram() async -> String? {
    for name in office {
      let found = try? await run(Command("which", [name]))
      if let found, found.status.isSuccess {
        return found.standardOutput.text.split(separator: "\n").first.map { String($0) }
      }
    }
    return nil
  }

  @Test(
    .enabled("needs LibreOffice") { await officeProgram() != nil },
    arguments: [WorkbookWriter.Texts.shared, .inline])
  func `LibreOffice opens what was written`(texts: WorkbookWriter.Texts) async throws {
    var writer = WorkbookWriter(compression: .deflate, texts: texts)
    try writer.addSheet("First") { sheet in
      try sheet.append(["Code", "Close", "Day"])
      try sheet.append(["BBOB & co", 1.45, .date(SheetDate("2025-06-24")!, format: "yyyy-mm-dd")])
      try sheet.append(["سهم", .formula("B2*2", value: .number(2.9)), true])
    }
    let made = try await Self.converted(
      writer.bytes(), to: "csv", filter: "csv:Text - txt - csv (StarCalc):44,34,76")
    let text = String(decoding: made, as: UTF8.self)
    #expect(text == "Code,Close,Day\nBBOB & co,1.45,2025-06-24\nسهم,2.9,TRUE\n")
  }

  @Test(.enabled("needs LibreOffice") { await officeProgram() != nil })
  func `LibreOffice reads what Excel allows`() async throws {
    let made = try await Self.converted(
      `What Excel allows`.workbook(.shared), to: "xlsx", filter: "xlsx")
    let workbook = try Workbook(bytes: Array(made))
    let names = `What Excel allows`.sheetNames + ["Texts", "Tables"]
    #expect(bytes(workbook.sheets.map(\.name)) == bytes(names))
    let sheet = try workbook.sheet("Texts")
    let texts = `What Excel allows`.texts.prefix(5)
    for (index, text) in texts.enumerated() {
      let cell = sheet[CellReference(column: 1, row: index + 1)!]
      #expect(bytes([cell.text ?? ""]) == bytes([text]))
    }
  }

  /// A workbook as LibreOffice writes it.
  private static func converted(
    _ workbook: [UInt8], to ending: String, filter: String
  ) async throws -> Data {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "harness-office-\(UUID().uuidString)")
    let output = folder.appending(path: "out")
    try FileManager.default.createDirectory(at: output, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(workbook).write(to: folder.appending(path: "made.xlsx"))
    let program = try #require(await officeProgram())
    // A profile of its own, or a LibreOffice that runs already would take the file.
    let result = try await run(
      Command(
        program,
        [
          "-env:UserInstallation=\(folder.appending(path: "profile"))", "--headless",
          "--convert-to", filter, "--outdir", output.path, folder.appending(path: "made.xlsx").path,
        ]))
    #expect(result.status.isSuccess, "\(result.standardError.text)")
    return try Data(contentsOf: output.appending(path: "made.\(ending)"))
  }
}

extension `Other readers` {
  @Test(
    .enabled("needs Python's openpyxl") { await Python.has("openpyxl") },
    arguments: [WorkbookWriter.Texts.shared, .inline])
  func `openpyxl reads what Excel allows`(texts: WorkbookWriter.Texts) async throws {
    let program = """
      import json, sys, openpyxl
      book = openpyxl.load_workbook(sys.argv[1])
      values = openpyxl.load_workbook(sys.argv[1], data_only=True)["Texts"]
      print(json.dumps(book.sheetnames))
      print(json.dumps(list(book["Tables"].tables)))
      print(json.dumps([[c.value for c in row] for row in values.iter_rows()]))
      """
    // It reads no escape at all.
    try await expectAllowed(program, texts, carriageReturn: "_x000D_")
  }

  @Test(
    .enabled("needs Python's python_calamine") { await Python.has("python_calamine") },
    arguments: [WorkbookWriter.Texts.shared, .inline])
  func `calamine reads what Excel allows`(texts: WorkbookWriter.Texts) async throws {
    let program = """
      import json, sys, python_calamine
      book = python_calamine.CalamineWorkbook.from_path(sys.argv[1], load_tables=True)
      print(json.dumps(book.sheet_names))
      print(json.dumps(book.table_names))
      print(json.dumps(book.get_sheet_by_name("Texts").to_python(skip_empty_area=False)))
      """
    try await expectAllowed(program, texts, carriageReturn: "\r")
  }

  private func expectAllowed(
    _ program: String, _ texts: WorkbookWriter.Texts, carriageReturn: String
  ) async throws {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "harness-\(UUID().uuidString).xlsx").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(`What Excel allows`.workbook(texts)).write(to: URL(filePath: path))
    let result = try await run(Command(Python.path, ["-c", program, path]))
    #expect(result.status.isSuccess, "\(result.standardError.text)")
    let lines = result.standardOutput.text.split(separator: "\n").map { Data($0.utf8) }
    try #require(lines.count == 3)
    let decoder = JSONDecoder()
    let names = try decoder.decode([String].self, from: lines[0])
    // Neither reads the escapes of names, as LibreOffice does.
    let wantedNames = `What Excel allows`.sheetNames.map { $0 == "_x0041_" ? "_x005F_x0041_" : $0 }
    #expect(bytes(names) == bytes(wantedNames + ["Texts", "Tables"]))
    let tables = try decoder.decode([String].self, from: lines[1])
    #expect(Set(bytes(tables)) == Set(bytes(`What Excel allows`.tableNames)))
    let rows = try decoder.decode([[String]].self, from: lines[2])
    let wanted = `What Excel allows`.texts.map { $0 == "\r" ? carriageReturn : $0 }
    for (row, text) in zip(rows, wanted) { #expect(bytes(row) == bytes([text, text])) }
    #expect(rows.count == wanted.count)
  }

  private func bytes(_ texts: [String]) -> [[UInt8]] { texts.map { Array($0.utf8) } }
}
