/// A ZIP archive in memory, checked as a whole before any entry of it is read.
///
/// Two readers must not be able to see two different archives, so one that could be read in two ways
/// is refused: names that are the same, but for case and the slash, or hold a zero, which ends a name for many;
/// overlapping entries; local headers that contradict the directory in name, method, encryption or, where they
/// say them, sizes and CRC-32; a directory with more or fewer bytes than its entries, or that does not end where
/// its end record begins; a second end record that could be taken for the first. Not refused is what lies
/// between entries, before the first, and behind the end record and its comment.
struct ZipArchive: Sendable {
  /// An entry with the place of its packed bytes.
  struct Entry: Sendable {
    let directory: ZipDirectory.Entry
    let packed: Range<Int>

    var name: String { directory.name }
  }

  let bytes: [UInt8]
  let options: ReadingOptions
  /// What was found wrong in parts that were read all the same.
  let checksums = ChecksumLog()
  /// Which sheets read the parts that belong to them.
  let uses = PartUses()
  private let limits: WorkbookLimits
  private let entries: [String: Entry]
  private static let localSignature: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
  private static let localSize = 30
  // A ratio proves nothing about a small part.
  private static let ratioFloor = 64 << 20

  init(
    _ bytes: [UInt8], limits: WorkbookLimits, options: ReadingOptions = []
  ) throws(WorkbookError) {
    self.bytes = bytes
    self.options = options
    self.limits = limits
    let file = ByteReader(bytes: bytes)
    let directory = try ZipDirectory(file, limits: limits)
    var entries: [String: Entry] = [:]
    var total = 0
    var ranges: [(range: Range<Int>, name: String)] = []
    for described in directory.entries {
      let range = try Self.range(of: described, in: file, before: directory.offset)
      ranges.append((range, described.name))
      // A folder has a name and nothing else.
      if described.name.hasSuffix("/") { continue }
      try Self.check(described, limits: limits)
      // Not the sum: with both limits lifted, two sizes that lie could overflow it.
      guard described.size <= limits.totalBytes - total else {
        throw WorkbookError(
          .limitExceeded,
          "the parts inflate to more than the limit `totalBytes`, \(limits.totalBytes)")
      }
      total += described.size
      let start = range.upperBound - described.packedSize
      let entry = Entry(directory: described, packed: start..<range.upperBound)
      guard entries.updateValue(entry, forKey: try Self.key(described.name)) == nil else {
        throw WorkbookError(
          .damagedArchive, "two entries have the name \(shown(described.name))",
          offset: described.headerOffset)
      }
    }
    ranges.sort { $0.range.lowerBound < $1.range.lowerBound }
    for (one, other) in zip(ranges, ranges.dropFirst())
    where other.range.lowerBound < one.range.upperBound {
      throw WorkbookError(
        .damagedArchive, "the entries \(shown(one.name)) and \(shown(other.name)) overlap",
        offset: other.range.lowerBound)
    }
    self.entries = entries
  }

  /// The entry of a part, whatever the case of its name.
  ///
  /// Source: ECMA-376, part 2, section 6.2.2.3: part names are equivalent without regard to ASCII case.
  func entry(_ name: String) -> Entry? {
    (try? Self.key(name)).flatMap { entries[$0] }
  }

  /// All entries, in the order of their bytes.
  var allEntries: [Entry] { entries.values.sorted { $0.packed.lowerBound < $1.packed.lowerBound } }

  /// The names of all entries, in lower case.
  var names: some Sequence<String> { entries.keys }

  private static func key(_ name: String) throws(WorkbookError) -> String {
    // Some writers use the separator of their system, and some a root.
    var key = name.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "\\"): UInt8(ascii: "/")
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
      default: byte
      }
    }
    if key.first == UInt8(ascii: "/") { key.removeFirst() }
    let path = String(decoding: key, as: UTF8.self)
    guard !key.contains(0) else {
      throw WorkbookError(
        .damagedArchive,
        "the entry name \(shown(name)) holds a zero, at which other readers end it")
    }
    guard !path.split(separator: "/").contains("..") else {
      throw WorkbookError(.damagedArchive, "the entry name \(shown(name)) leaves the archive")
    }
    return path
  }

  private static func check(
    _ entry: ZipDirectory.Entry, limits: WorkbookLimits
  ) throws(WorkbookError) {
    guard entry.size <= limits.partBytes else {
      throw WorkbookError(
        .limitExceeded,
        "it inflates to \(entry.size) bytes, and the limit `partBytes` is \(limits.partBytes)",
        part: entry.name)
    }
    guard entry.size <= ratioFloor || entry.size / max(1, entry.packedSize) <= limits.ratio else {
      throw WorkbookError(
        .limitExceeded,
        "it inflates from \(entry.packedSize) to \(entry.size) bytes, and the limit `ratio` is \(limits.ratio)",
        part: entry.name)
    }
  }

  /// The bytes of an entry, from its local header to the end of what is packed.
  private static func range(
    of entry: ZipDirectory.Entry, in file: ByteReader, before end: Int
  ) throws(WorkbookError) -> Range<Int> {
    let start = entry.headerOffset
    func damaged(_ reason: String) -> WorkbookError {
      WorkbookError(.damagedArchive, reason, part: entry.name, offset: start)
    }
    guard start <= end, file.starts(with: localSignature, at: start),
      let flags = file.uint16(at: start + 6), let method = file.uint16(at: start + 8),
      let nameLength = file.uint16(at: start + 26), let extraLength = file.uint16(at: start + 28),
      let name = file.text(at: start + localSize, count: nameLength)
    else { throw damaged("the entry has no local header where the directory says") }
    guard name == entry.name, method == entry.method, flags & 1 == entry.flags & 1 else {
      throw damaged("the local header and the central directory contradict each other")
    }
    // With bit 3 the numbers follow the packed bytes; all ones stand for those of the 64-bit form.
    let numbers = [(14, Int(entry.crc)), (18, entry.packedSize), (22, entry.size)]
    guard
      flags & 8 != 0
        || numbers.allSatisfy({ place, number in
          file.uint32(at: start + place).map { $0 == number || $0 == 0xFFFF_FFFF } ?? false
        })
    else { throw damaged("the local header and the central directory contradict each other") }
    let data = start + localSize + nameLength + extraLength
    guard data <= end, entry.packedSize <= end - data else {
      throw damaged("the entry reaches beyond the end of the entries")
    }
    return start..<data + entry.packedSize
  }
}
