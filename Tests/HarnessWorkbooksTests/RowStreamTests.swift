import Testing

@testable import HarnessWorkbooks

@Suite struct `Rows read one by one` {
  private static func workbook(rows: Int) throws -> Workbook {
    var writer = WorkbookWriter(compression: .deflate)
    try writer.addSheet("Prices") { sheet throws(WorkbookError) in
      for row in 0..<rows {
        try sheet.append([
          .text("code \(row % 7)"), .number(Double(row)), .empty,
          .formula("1+1", value: .number(2)),
        ])
      }
    }
    return try Workbook(bytes: writer.bytes(), name: "prices.xlsx")
  }

  @Test(arguments: [0, 1, 700, 5_000])
  func `are those of the sheet`(count: Int) throws {
    let workbook = try Self.workbook(rows: count)
    let sheet = try workbook.sheet("Prices")
    var reader = try workbook.rows(of: "prices")
    var found: [[Cell]] = []
    while let row = try reader.next() { found.append(Array(row)) }
    #expect(found == sheet.rows.map { Array($0) })
    #expect(try reader.next() == nil)
  }

  @Test func `come in batches of whole rows`() async throws {
    let workbook = try Self.workbook(rows: 2_500)
    var sizes: [Int] = []
    var numbers: [Int] = []
    for try await rows in try workbook.rowBatches(of: "Prices", rows: 1_000) {
      sizes.append(rows.count)
      numbers += rows.map(\.number)
    }
    #expect(sizes == [1_000, 1_000, 500])
    #expect(numbers == Array(1...2_500))
  }

  @Test func `end when their task is cancelled`() async throws {
    let workbook = try Self.workbook(rows: 2_500)
    let task = Task {
      var seen = 0
      for try await rows in try workbook.rowBatches(of: "Prices", rows: 10) {
        seen += rows.count
        unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
      }
      return seen
    }
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test func `are lent without making cells of them`() throws {
    let workbook = try Self.workbook(rows: 3_000)
    var sum = 0.0
    var bytes = 0
    var rows = 0
    try workbook.forEachRow(of: "Prices") { row in
      #expect(row.number == rows + 1)
      #expect((0..<row.count).map { row.column($0) } == [1, 2, 4])
      #expect(row.withText(1) { $0.count } == nil)
      #expect(row.value(0) == .text("code \(rows % 7)"))
      #expect(row.sharedString(0) == rows % 7)
      bytes += row.withText(0) { $0.count } ?? 0
      sum += row.number(1) ?? 0
      rows += 1
      return rows == 2_999 ? .stop : .next
    }
    #expect(rows == 2_999)
    #expect(sum == Double(2_998 * 2_999 / 2))
    #expect(bytes == 2_999 * 6)
  }

  @Test func `tell what is wrong with their part when they come to it`() throws {
    let good = (1...4_000).map { "<row r=\"\($0)\"><c r=\"A\($0)\"><v>\($0)</v></c></row>" }
    let raw = RawWorkbook(rows: good.joined() + "<row><c><v>1x</v></c></row>")
    var reader = try Workbook(bytes: raw.bytes(), name: "raw.xlsx").rows(of: "Sheet1")
    var count = 0
    let error = #expect(throws: WorkbookError.self) {
      while try reader.next() != nil { count += 1 }
    }
    #expect(
      error?.description
        == "raw.xlsx, xl/worksheets/sheet1.xml, sheet \"Sheet1\", cell A4001: \"1x\" is not a number"
    )
    #expect(count >= 2_000)
    #expect(throws: WorkbookError.self) {
      _ = try Workbook(bytes: raw.bytes()).rows(of: "nowhere")
    }
  }

  @Test func `share formulas with rows that were read before`() throws {
    let rows = (1...3_000).map { row in
      let formula =
        row == 1
        ? "<f t=\"shared\" ref=\"A1:A3000\" si=\"4\">ROW()</f>" : "<f t=\"shared\" si=\"4\"/>"
      return "<row r=\"\(row)\"><c r=\"A\(row)\">\(formula)<v>\(row)</v></c></row>"
    }
    var reader = try Workbook(bytes: RawWorkbook(rows: rows.joined()).bytes()).rows(of: "Sheet1")
    var last: SheetRow?
    while let row = try reader.next() { last = row }
    #expect(last?[0].formula?.text == "ROW()")
    #expect(last?[0].formula?.sharedFrom?.description == "A1")
  }
}

@Suite struct `Numbers of cells` {
  @Test func `are the nearest to their digits`() {
    var bits: UInt64 = 7
    for round in 0..<20_000 {
      bits = bits &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let number =
        switch round % 3 {
        case 0: Double(bitPattern: bits)
        case 1: Double(Int64(bitPattern: bits) >> 20) / 1_000
        default: Double(bits >> 11) / 9_007_199_254_740_992 * 1_000
        }
      guard number.isFinite else { continue }
      let text = "\(number)"
      #expect(double(ofNumber: Array(text.utf8).span) == number)
      // Nineteen digits, more than a double tells apart.
      let digits = "\(bits % 1_000_000_000_000_000_000)9"
      let long = "\(digits.prefix(round % 18 + 1)).\(digits.dropFirst(round % 18 + 1))"
      #expect(double(ofNumber: Array(long.utf8).span) == Double(long))
    }
  }

  @Test(arguments: [
    "0", "-0", "1", "-1.5", "+7", ".5", "5.", "1e3", "1E-3", "1e+22", "123456789012345678",
    "9007199254740993",
    "0.1", "1e-400", "00012", "1.7976931348623157e308", "4.9406564584124654e-324",
    "8.518000000000001",
  ])
  func `are read as the standard library reads them`(text: String) {
    let expected = Double(
      text.hasSuffix(".") ? text + "0" : text.hasPrefix(".") ? "0" + text : text)
    let read = double(ofNumber: Array(text.utf8).span)
    #expect(read == expected)
    if let packed = packedNumber(Array(text.utf8).span), text.utf8.count <= StoredCell.shortDigits {
      #expect(double(ofShortNumber: packed) == expected)
      #expect(digits(ofShortNumber: packed) == text)
    }
  }

  @Test(arguments: ["", ".", "-", "1.2.3", "1-2", "a"])
  func `are no short ones where they are none`(text: String) {
    #expect(packedNumber(Array(text.utf8).span) == nil)
  }
}
