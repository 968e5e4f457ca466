import Testing

@testable import HarnessWorkbooks

/// Good workbooks with a few bytes changed: each is read or refused, and none ends the process.
@Suite struct `Changed workbooks` {
  @Test(arguments: 0..<8)
  func `are read or refused with an error of ours`(seed: UInt64) throws {
    let names = ["isx/2025 06 22 ISX Daily Report.xlsx", "xlsx/poi__WithMoreVariousData.xlsx"]
    let good = try names.map { try bytesOfFile(TestFile.path($0), limit: 1 << 20) }
    var bits = seed
    for round in 0..<60 {
      var bytes = good[round % good.count]
      for _ in 0...Int(Self.next(&bits) % 4) {
        let place = Int(Self.next(&bits) % UInt64(bytes.count))
        bytes[place] = UInt8(truncatingIfNeeded: Self.next(&bits) >> 7)
      }
      if round % 5 == 0 { bytes.removeSubrange(Int(Self.next(&bits) % UInt64(bytes.count))...) }
      Self.read(bytes)
    }
  }

  @Test(arguments: 0..<8)
  func `are read or refused where only a part is changed`(seed: UInt64) throws {
    var bits = seed
    let good = try bytesOfFile(
      TestFile.path("isx/2025 06 22 ISX Daily Report.xlsx"), limit: 1 << 20)
    let archive = try ZipArchive(good, limits: WorkbookLimits())
    var parts: [(name: String, bytes: [UInt8])] = []
    for name in archive.names.sorted() {
      parts.append((name, try archive.bytes(of: try #require(archive.entry(name)))))
    }
    for round in 0..<40 {
      var writer = ZipWriter(.none)
      for (index, part) in parts.enumerated() {
        var bytes = part.bytes
        if index == round % parts.count {
          for _ in 0...Int(Self.next(&bits) % 4) {
            let place = Int(Self.next(&bits) % UInt64(bytes.count))
            bytes[place] = Array("<>/=\"&;09ARstv: \u{0}".utf8)[Int(Self.next(&bits) % 17)]
          }
        }
        try writer.add(part.name, bytes)
      }
      Self.read(try writer.finish())
    }
  }

  /// Reads everything; an error that is not ours would not compile, and a trap would end the tests.
  private static func read(_ bytes: [UInt8]) {
    do throws(WorkbookError) {
      let workbook = try Workbook(bytes: bytes, name: "changed.xlsx")
      for index in workbook.sheets.indices {
        let sheet = try workbook.sheet(at: index)
        _ = sheet.usedRange
        // Not the value alone: the text of one may trap where reading it does not.
        for row in sheet.rows { for cell in row { #expect(!"\(cell.value)".isEmpty) } }
      }
    } catch {
      #expect(error.file == "changed.xlsx")
      #expect(!error.reason.isEmpty)
    }
  }

  private static func next(_ bits: inout UInt64) -> UInt64 {
    bits = bits &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return bits >> 33
  }
}
