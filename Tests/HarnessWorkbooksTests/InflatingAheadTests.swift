import HarnessWorkbooks
import Testing

@testable import struct HarnessWorkbooks.EntryStream
@testable import struct HarnessWorkbooks.ZipArchive

/// Workbooks whose sheets are inflated on a thread of their own.
@Suite struct `Inflating ahead` {
  /// A sheet of about three megabytes of XML.
  private static func large() throws -> [UInt8] {
    var writer = WorkbookWriter()
    try writer.addSheet("Data") { sheet throws(WorkbookError) in
      for row in 0..<30_000 {
        try sheet.append([.number(Double(row) * 0.25), .text("text \(row % 100)"), true])
      }
    }
    return try writer.bytes()
  }

  private static let bytes = try! large()

  @Test func `gives what reading gives without it`() throws {
    let plain = try Workbook(bytes: Self.bytes)
    let ahead = try Workbook(bytes: Self.bytes, options: .inflatingAhead)
    #expect(try WorkbookDifference(from: plain, to: ahead).isEmpty)
    var rows = 0
    try ahead.forEachRow(of: "Data") { row in
      rows += row.count
      return .next
    }
    #expect(rows == 90_000)
  }

  @Test func `ends with the reader that leaves early`() throws {
    let workbook = try Workbook(bytes: Self.bytes, options: .inflatingAhead)
    for rows in [1, 10, 5_000] {
      var reader = try workbook.rows(of: "Data")
      for _ in 0..<rows { _ = try reader.next() }
    }
    try workbook.forEachRow(of: "Data") { _ in .stop }
  }

  @Test func `finds the same damage`() throws {
    let archive = try ZipArchive(Self.bytes, limits: WorkbookLimits())
    let entry = try #require(archive.entry("xl/worksheets/sheet1.xml"))
    var seen: Set<String> = []
    for part in 1...9 {
      var bad = Self.bytes
      bad[entry.packed.lowerBound + entry.packed.count * part / 10] ^= 0x55
      let errors = [[], .inflatingAhead].map { (options: ReadingOptions) in
        #expect(throws: WorkbookError.self) {
          try Workbook(bytes: bad, name: "bad.xlsx", options: options).sheet(at: 0)
        }
      }
      #expect(errors[0] == errors[1])
      if let reason = errors[0]?.reason { seen.insert(reason) }
    }
    #expect(!seen.isEmpty)
  }

  @Test func `goes on where the part is begun again`() throws {
    let rows = (1...40_000).map { "<row r=\"\($0)\"><c r=\"A\($0)\"><v>\($0)</v></c></row>" }
    let odd = "<row r=\"40001\"><c r=\"A40001\"><v><![CDATA[7]]></v></c></row>"
    let bytes = try RawWorkbook(rows: rows.joined() + odd).bytes(.deflate)
    let workbook = try Workbook(bytes: bytes, options: .inflatingAhead)
    var reader = try workbook.rows(of: "Sheet1")
    var sum = 0.0
    var count = 0
    while let row = try reader.next() {
      sum += row[0].number ?? 0
      count += 1
    }
    #expect(count == 40_001)
    #expect(sum == 800_020_000 + 7)
  }

  @Test func `serves many readers at once`() async throws {
    let workbook = try Workbook(bytes: Self.bytes, options: .inflatingAhead)
    try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<4 {
        group.addTask {
          var count = 0
          for try await rows in try workbook.rowBatches(of: "Data") { count += rows.count }
          return count
        }
      }
      for try await count in group { #expect(count == 30_000) }
    }
  }
}
