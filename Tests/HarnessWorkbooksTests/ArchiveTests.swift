import Testing

@testable import HarnessWorkbooks

/// Archives that are damaged, or made to be read in two ways.
@Suite struct `Archives` {
  private static let rows = "<row><c r=\"A1\"><v>1</v></c></row>"

  private static func error(_ bytes: [UInt8], limits: WorkbookLimits = .init()) -> WorkbookError? {
    #expect(throws: WorkbookError.self) {
      try Workbook(bytes: bytes, name: "a.xlsx", limits: limits).sheet(at: 0)
    }
  }

  /// Where the bytes of `text` start, the `occurrence`th time they come.
  private static func place(of text: String, _ occurrence: Int, in bytes: [UInt8]) throws -> Int {
    let pattern = Array(text.utf8)
    let places = bytes.indices.filter { bytes[$0...].starts(with: pattern) }
    return try #require(places.dropFirst(occurrence).first)
  }

  @Test(arguments: [WorkbookWriter.Compression.none, .deflate])
  func `are read stored and deflated`(compression: WorkbookWriter.Compression) throws {
    let bytes = try RawWorkbook(rows: Self.rows).bytes(compression)
    #expect(try Workbook(bytes: bytes).sheet(at: 0)["A1"].number == 1)
  }

  @Test func `cut off are refused with the byte where they end`() throws {
    let bytes = try RawWorkbook(rows: Self.rows).bytes()
    for count in stride(from: 2, to: bytes.count - 1, by: 97) {
      #expect(Self.error(Array(bytes.prefix(count)))?.kind == .damagedArchive)
    }
    #expect(
      Self.error(Array(bytes.prefix(100)))?.description
        == "a.xlsx, byte 100: the archive is cut off: it has no end of central directory")
  }

  @Test(arguments: [WorkbookWriter.Compression.none, .deflate])
  func `with changed content are refused by their CRC or their DEFLATE data`(
    compression: WorkbookWriter.Compression
  ) throws {
    var bytes = try RawWorkbook(rows: Self.rows).bytes(compression)
    let name = try Self.place(of: "xl/worksheets/sheet1.xml", 0, in: bytes)
    bytes[name + 24 + 40] ^= 1
    let error = Self.error(bytes)
    #expect(error?.kind == .damagedArchive)
    #expect(error?.part == "xl/worksheets/sheet1.xml")
  }

  @Test func `with a wrong CRC are refused by that, and not by what it did to the XML`() throws {
    var bytes = try RawWorkbook(rows: Self.rows).bytes()
    let value = try Self.place(of: "</worksheet>", 0, in: bytes)
    bytes[value] = UInt8(ascii: "!")
    #expect(
      Self.error(bytes)?.reason
        == "its CRC-32 is wrong: the bytes are not those that were packed")
  }

  @Test(arguments: ["xl/workbook.xml", "XL/Workbook.xml", "/xl\\workbook.xml"])
  func `with two entries of one name are refused`(name: String) throws {
    let bytes = try RawWorkbook().bytes(adding: name, [])
    #expect(Self.error(bytes)?.reason == "two entries have the name \"\(name)\"")
  }

  @Test func `with names that leave them are refused`() throws {
    let bytes = try RawWorkbook().bytes(adding: "xl/../../evil", [])
    #expect(Self.error(bytes)?.reason == "the entry name \"xl/../../evil\" leaves the archive")
  }

  @Test(arguments: [14, 18, 22])
  func `whose headers have other sizes than the directory are refused`(field: Int) throws {
    var bytes = try RawWorkbook().bytes()
    let header = try Self.place(of: "xl/workbook.xml", 1, in: bytes) - 30
    bytes[header + field] ^= 1
    #expect(
      Self.error(bytes)?.reason
        == "the local header and the central directory contradict each other")
    // With bit 3 in both, a descriptor after the bytes has the numbers.
    let entry = try Self.place(of: "xl/workbook.xml", 2, in: bytes) - 46
    bytes[header + 6] |= 8
    bytes[entry + 8] |= 8
    #expect(throws: Never.self) { try Workbook(bytes: bytes) }
  }

  @Test func `whose headers contradict the directory are refused`() throws {
    var bytes = try RawWorkbook().bytes()
    // The name in the local header alone; its first place is in the relationships.
    bytes[try Self.place(of: "xl/workbook.xml", 1, in: bytes)] = UInt8(ascii: "y")
    #expect(
      Self.error(bytes)?.reason
        == "the local header and the central directory contradict each other")
  }

  @Test func `whose entries overlap are refused`() throws {
    // An entry whose packed bytes are the next entry, header and all.
    var inner = ZipWriter(.none)
    try inner.add("inner", [1, 2, 3])
    let nested = Array(try inner.finish().prefix(30 + 5 + 3))
    var bytes = try RawWorkbook().bytes(adding: "outer", nested)
    let header = try Self.place(of: "inner", 0, in: bytes) - 30
    // The directory's record of the last entry now names the inner header.
    let end = bytes.count - 22
    let record = end - 46 - 5
    bytes.replaceSubrange(record + 46..<record + 51, with: Array("inner".utf8))
    for (index, shift) in [0, 8, 16, 24].enumerated() {
      bytes[record + 16 + index] = bytes[header + 14 + index]
      bytes[record + 42 + index] = UInt8(truncatingIfNeeded: header >> shift)
      bytes[record + 20 + index] = index == 0 ? 3 : 0
      bytes[record + 24 + index] = index == 0 ? 3 : 0
    }
    // Alone it is fine: nothing else claims those bytes.
    #expect(throws: Never.self) { try Workbook(bytes: bytes) }
    // A second record for the outer entry makes the two overlap.
    let outer = header - 30 - 5
    var second = Array(bytes[record..<end])
    second.replaceSubrange(46..<51, with: Array("outer".utf8))
    for (index, shift) in [0, 8, 16, 24].enumerated() {
      second[16 + index] = bytes[outer + 14 + index]
      second[42 + index] = UInt8(truncatingIfNeeded: outer >> shift)
      second[20 + index] = index == 0 ? UInt8(nested.count) : 0
      second[24 + index] = second[20 + index]
    }
    bytes.insert(contentsOf: second, at: end)
    let newEnd = bytes.count - 22
    bytes[newEnd + 8] += 1
    bytes[newEnd + 10] += 1
    let size = Int(bytes[newEnd + 12]) | Int(bytes[newEnd + 13]) << 8
    bytes[newEnd + 12] = UInt8(truncatingIfNeeded: size + second.count)
    bytes[newEnd + 13] = UInt8(truncatingIfNeeded: (size + second.count) >> 8)
    #expect(Self.error(bytes)?.reason == "the entries \"outer\" and \"inner\" overlap")
  }

  @Test func `locked with a password are named so`() throws {
    var bytes = try RawWorkbook().bytes()
    let name = "xl/workbook.xml"
    bytes[try Self.place(of: name, 1, in: bytes) - 30 + 6] |= 1
    bytes[try Self.place(of: name, 2, in: bytes) - 46 + 8] |= 1
    #expect(Self.error(bytes)?.kind == .encrypted)
  }

  /// Writes a number of a few bytes, the lowest first.
  private static func put(_ number: Int, _ width: Int, at place: Int, in bytes: inout [UInt8]) {
    for index in 0..<width {
      bytes[place + index] = UInt8(truncatingIfNeeded: number >> (index * 8))
    }
  }

  private static func number(_ width: Int, at place: Int, in bytes: [UInt8]) -> Int {
    (0..<width).reduce(0) { $0 | Int(bytes[place + $1]) << ($1 * 8) }
  }

  @Test(arguments: [(3, "goes on behind"), (0, "goes on behind"), (5, "is damaged")])
  func `whose directory has another count of entries than it says are refused`(
    count: Int, reason: String
  ) throws {
    var bytes = try RawWorkbook(rows: Self.rows).bytes()
    let end = bytes.count - 22
    Self.put(count, 2, at: end + 8, in: &bytes)
    Self.put(count, 2, at: end + 10, in: &bytes)
    let error = Self.error(bytes)
    #expect(error?.kind == .damagedArchive)
    #expect(error?.reason.contains(reason) == true)
    // Where the entry begins that is one too many; at the end record where it is one too few.
    let start = Self.number(4, at: end + 16, in: bytes)
    #expect(count > 0 || error?.offset == start)
    let fourth = try Self.place(of: "xl/worksheets/sheet1.xml", 1, in: bytes) - 46
    #expect(count != 3 || error?.offset == fourth)
  }

  @Test func `with bytes between the directory and its end record are refused`() throws {
    var bytes = try RawWorkbook(rows: Self.rows).bytes()
    let end = bytes.count - 22
    bytes.insert(contentsOf: [1, 2, 3], at: end)
    let error = Self.error(bytes)
    #expect(
      error?.description
        == "a.xlsx, byte \(end + 3): the central directory ends at byte \(end), and its end record is not there"
    )
  }

  @Test func `with a zero in a name are refused`() throws {
    let bytes = try RawWorkbook().bytes(adding: "xl/worksheets/sheet1.xml\0.png", [])
    #expect(
      Self.error(bytes)?.reason
        == "the entry name \"xl/worksheets/sheet1.xml\\u{0}.png\" holds a zero, at which other readers end it"
    )
  }

  // What a reader takes that looks for the first end record, for the last one, or for one that fits.
  @Test(arguments: [0, 4, 30, 70_000])
  func `with two end records are refused`(trailing: Int) throws {
    let good = try RawWorkbook(rows: Self.rows).bytes()
    let end = good.count - 22
    let record = Array(good[end...])
    // The second in the comment of the first.
    var inComment = good + record
    Self.put(22, 2, at: end + 20, in: &inComment)
    // Only its signature, where there is room for nothing more.
    var cut = good + record.prefix(4)
    Self.put(4, 2, at: end + 20, in: &cut)
    // Behind the first, which says that it has no comment.
    let behind = good + [UInt8](repeating: 0, count: min(trailing, 1000)) + record
    for bytes in [inComment, cut, behind] {
      let error = Self.error(bytes)
      #expect(error?.kind == .damagedArchive)
      let isTold = error?.reason.contains("two ends of central directory") == true
      #expect(isTold || error?.reason.contains("its end record is not there") == true)
    }
  }

  @Test func `whose last entry ends with an end record that claims the rest are refused`() throws {
    var fake: [UInt8] = [0x50, 0x4B, 5, 6] + [UInt8](repeating: 0, count: 18)
    let plain = try RawWorkbook().bytes(adding: "xl/media/x", fake)
    #expect(throws: Never.self) { try Workbook(bytes: plain) }
    let place = try #require(plain.indices.first { plain[$0...].starts(with: fake) })
    Self.put(plain.count - place - 22, 2, at: 20, in: &fake)
    let bytes = try RawWorkbook().bytes(adding: "xl/media/x", fake)
    #expect(
      Self.error(bytes)?.description
        == "a.xlsx, byte \(place): the archive has two ends of central directory, "
        + "at bytes \(place) and \(bytes.count - 22)")
  }

  @Test(arguments: [(10, 2), (12, 4), (16, 4)])
  func `whose end records of 32 and 64 bits contradict each other are refused`(
    place: Int, width: Int
  ) throws {
    var bytes = try Zip64.rewriting(RawWorkbook(rows: Self.rows).bytes())
    let end = bytes.count - 22
    Self.put(7, width, at: end + place, in: &bytes)
    #expect(
      Self.error(bytes)?.reason
        == "the end of central directory and its 64-bit form contradict each other")
  }

  @Test(arguments: [4, 6, 8])
  func `that are split over several files are named so`(place: Int) throws {
    var bytes = try RawWorkbook(rows: Self.rows).bytes()
    Self.put(1, 2, at: bytes.count - 22 + place, in: &bytes)
    #expect(Self.error(bytes)?.kind == .unsupported)
  }

  @Test func `with a comment, or with bytes behind their end, are read`() throws {
    var bytes = try RawWorkbook(rows: Self.rows).bytes()
    #expect(throws: Never.self) { try Workbook(bytes: bytes + [UInt8](repeating: 0, count: 100)) }
    Self.put(3, 2, at: bytes.count - 2, in: &bytes)
    #expect(throws: Never.self) { try Workbook(bytes: bytes + [0x50, 0x4B, 5]) }
  }

  @Test func `larger than the limit are refused, from a file or from bytes`() throws {
    let bytes = try RawWorkbook(rows: Self.rows).bytes()
    var limits = WorkbookLimits()
    limits.fileBytes = bytes.count
    #expect(throws: Never.self) { try Workbook(bytes: bytes, limits: limits) }
    limits.fileBytes -= 1
    #expect(
      Self.error(bytes, limits: limits)?.description
        == "a.xlsx: the file is larger than the limit `fileBytes`, \(bytes.count - 1)")
  }

  @Test func `over a limit are refused by its name`() throws {
    let bytes = try RawWorkbook(rows: Self.rows).bytes()
    var entries = WorkbookLimits()
    entries.entries = 3
    #expect(
      Self.error(bytes, limits: entries)?.description
        == "a.xlsx: the archive has 4 entries, and the limit `entries` is 3")
    var part = WorkbookLimits()
    part.partBytes = 10
    #expect(Self.error(bytes, limits: part)?.kind == .limitExceeded)
    var total = WorkbookLimits()
    total.totalBytes = 500
    #expect(Self.error(bytes, limits: total)?.kind == .limitExceeded)
  }

  @Test func `that inflate out of proportion are refused before they do`() throws {
    let zeros = [UInt8](repeating: 0x20, count: 65 << 20)
    var archive = ZipWriter(.deflate)
    try archive.add("xl/workbook.xml", zeros)
    let error = Self.error(try archive.finish())
    #expect(error?.kind == .limitExceeded)
    #expect(error?.reason.hasSuffix("and the limit `ratio` is 500") == true)
  }

  @Test func `in the 64-bit form are read`() throws {
    // The sizes and offset of one entry, and those of the directory, moved to their 64-bit places.
    let bytes = try Zip64.rewriting(RawWorkbook(rows: Self.rows).bytes())
    #expect(try Workbook(bytes: bytes).sheet(at: 0)["A1"].number == 1)
  }
}

/// Rewrites an archive of this package's writer into the 64-bit form.
private enum Zip64 {
  static func rewriting(_ bytes: [UInt8]) throws -> [UInt8] {
    let file = ByteReader(bytes: bytes)
    let end = bytes.count - 22
    let directory = try ZipDirectory(file, limits: .init())
    var records: [UInt8] = []
    var position = directory.offset
    for entry in directory.entries {
      let nameLength = entry.name.utf8.count
      var record = Array(bytes[position..<position + 46])
      for place in [20, 24, 42] { record.replaceSubrange(place..<place + 4, with: ones) }
      let extra: [UInt8] =
        [1, 0, 24, 0] + wide(entry.size) + wide(entry.packedSize) + wide(entry.headerOffset)
      record[30] = UInt8(extra.count)
      records += record + Array(bytes[position + 46..<position + 46 + nameLength]) + extra
      position += 46 + nameLength
    }
    let count = directory.entries.count
    let recordOffset = directory.offset + records.count
    let zip64End: [UInt8] =
      [0x50, 0x4B, 6, 6] + wide(44) + [45, 0, 45, 0] + [UInt8](repeating: 0, count: 8)
      + wide(count) + wide(count) + wide(records.count) + wide(directory.offset)
    let locator: [UInt8] = [0x50, 0x4B, 6, 7, 0, 0, 0, 0] + wide(recordOffset) + [1, 0, 0, 0]
    var tail = Array(bytes[end...])
    tail.replaceSubrange(8..<20, with: [UInt8](repeating: 0xFF, count: 12))
    return Array(bytes[..<directory.offset]) + records + zip64End + locator + tail
  }

  private static let ones = [UInt8](repeating: 0xFF, count: 4)

  private static func wide(_ number: Int) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
  }
}
