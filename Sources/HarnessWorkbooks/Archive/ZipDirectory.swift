/// The central directory of a ZIP archive, read from the end of the file.
///
/// It must be what its end record says, neither more nor less: readers that go by the count of entries, by the
/// size or by the place of the end record then all see the same.
///
/// Source: APPNOTE.TXT 6.3.10, sections 4.3.12 to 4.3.16 and 4.5.3.
struct ZipDirectory {
  /// An entry as the central directory describes it.
  struct Entry: Sendable, Hashable {
    /// The name as the archive has it.
    let name: String
    let method: Int
    let flags: Int
    let crc: UInt32
    let packedSize: Int
    let size: Int
    let headerOffset: Int

    var isEncrypted: Bool { flags & 1 != 0 }
  }

  let entries: [Entry]
  /// Where the central directory starts: everything packed lies before it.
  let offset: Int

  private static let endSignature: [UInt8] = [0x50, 0x4B, 0x05, 0x06]
  private static let locatorSignature: [UInt8] = [0x50, 0x4B, 0x06, 0x07]
  private static let zip64EndSignature: [UInt8] = [0x50, 0x4B, 0x06, 0x06]
  private static let entrySignature: [UInt8] = [0x50, 0x4B, 0x01, 0x02]
  private static let endSize = 22
  private static let locatorSize = 20
  private static let entrySize = 46
  // The comment after the end record has at most 65,535 bytes.
  private static let longestTail = endSize + 65_535

  init(_ file: ByteReader, limits: WorkbookLimits) throws(WorkbookError) {
    let end = try Self.endOfDirectory(file)
    let (count, size, offset, followed) = try Self.extent(file, end: end)
    guard count <= limits.entries else {
      throw WorkbookError(
        .limitExceeded,
        "the archive has \(count) entries, and the limit `entries` is \(limits.entries)")
    }
    guard size >= 0, offset >= 0, size <= end, offset <= end - size else {
      throw WorkbookError(
        .damagedArchive, "the central directory lies outside of the file", offset: end)
    }
    guard offset + size == followed else {
      throw WorkbookError(
        .damagedArchive,
        "the central directory ends at byte \(offset + size), and its end record is not there",
        offset: followed)
    }
    var entries: [Entry] = []
    entries.reserveCapacity(count)
    var position = offset
    for _ in 0..<count {
      let (entry, next) = try Self.entry(file, at: position)
      guard next <= offset + size else {
        throw WorkbookError(
          .damagedArchive, "the central directory is longer than it says", offset: position)
      }
      entries.append(entry)
      position = next
    }
    guard position == offset + size else {
      throw WorkbookError(
        .damagedArchive,
        "the central directory goes on behind the \(count) entries that it says it has",
        offset: position)
    }
    self.entries = entries
    self.offset = offset
  }

  private static func endOfDirectory(_ file: ByteReader) throws(WorkbookError) -> Int {
    let last = file.bytes.count - endSize
    let first = max(0, file.bytes.count - longestTail)
    if last >= first {
      for position in (first...last).reversed() where file.starts(with: endSignature, at: position)
      {
        // A comment may hold the signature too, but then its length leads past the end of the file.
        if let comment = file.uint16(at: position + 20),
          position + endSize + comment <= file.bytes.count
        {
          try checkAlone(file, end: position, from: first)
          return position
        }
      }
    }
    throw WorkbookError(
      .damagedArchive, "the archive is cut off: it has no end of central directory",
      offset: file.bytes.count)
  }

  /// Lets the end record be the only one that a reader could take for it.
  ///
  /// None may begin behind it, in its comment or what follows; and none before it, in the last entry or
  /// elsewhere, may have a comment that reaches to the end of the file, as only that of the real one does.
  private static func checkAlone(
    _ file: ByteReader, end: Int, from first: Int
  ) throws(WorkbookError) {
    let count = file.bytes.count
    let others = (first..<count).filter { position in
      guard file.bytes[position] == endSignature[0], position != end,
        file.starts(with: endSignature, at: position)
      else { return false }
      return position > end
        || file.uint16(at: position + 20).map { position + endSize + $0 } == count
    }
    if let other = others.first {
      throw WorkbookError(
        .damagedArchive,
        "the archive has two ends of central directory, at bytes \(min(end, other)) and \(max(end, other))",
        offset: other)
    }
  }

  /// What the end record says of the directory; `followed`: where the record begins that follows it.
  private static func extent(
    _ file: ByteReader, end: Int
  ) throws(WorkbookError) -> (count: Int, size: Int, offset: Int, followed: Int) {
    let damaged = WorkbookError(
      .damagedArchive, "the end of central directory is damaged", offset: end)
    guard let disk = file.uint16(at: end + 4), let firstDisk = file.uint16(at: end + 6),
      let countOfDisk = file.uint16(at: end + 8), let count = file.uint16(at: end + 10),
      let size = file.uint32(at: end + 12), let offset = file.uint32(at: end + 16)
    else { throw damaged }
    let locator = end - locatorSize
    guard file.starts(with: locatorSignature, at: locator) else {
      guard disk == 0, firstDisk == 0, countOfDisk == count else {
        throw WorkbookError(.unsupported, "the archive is split over several files", offset: end)
      }
      return (count, size, offset, end)
    }
    guard let position = file.uint64(at: locator + 8),
      file.starts(with: zip64EndSignature, at: position),
      let recordSize = file.uint64(at: position + 4),
      let wideCount = file.uint64(at: position + 32),
      let wideSize = file.uint64(at: position + 40),
      let wideOffset = file.uint64(at: position + 48), recordSize <= file.bytes.count,
      position + 12 + recordSize == locator
    else { throw damaged }
    // All ones stand for the number of the 64-bit form.
    guard count == 0xFFFF || count == wideCount, size == 0xFFFF_FFFF || size == wideSize,
      offset == 0xFFFF_FFFF || offset == wideOffset
    else {
      throw WorkbookError(
        .damagedArchive,
        "the end of central directory and its 64-bit form contradict each other", offset: end)
    }
    return (wideCount, wideSize, wideOffset, position)
  }

  private static func entry(
    _ file: ByteReader, at position: Int
  ) throws(WorkbookError) -> (Entry, next: Int) {
    guard file.starts(with: entrySignature, at: position),
      let flags = file.uint16(at: position + 8), let method = file.uint16(at: position + 10),
      let crc = file.uint32(at: position + 16), var packedSize = file.uint32(at: position + 20),
      var size = file.uint32(at: position + 24), let nameLength = file.uint16(at: position + 28),
      let extraLength = file.uint16(at: position + 30),
      let commentLength = file.uint16(at: position + 32),
      var headerOffset = file.uint32(at: position + 42),
      let name = file.text(at: position + entrySize, count: nameLength)
    else {
      throw WorkbookError(
        .damagedArchive, "the central directory is damaged", offset: position)
    }
    let extra = position + entrySize + nameLength
    // The zip64 field holds, in this order, those of the three numbers that are all ones.
    var wide = zip64Field(file, in: extra..<extra + extraLength)
    for (number, set) in [
      (size, { size = $0 }), (packedSize, { packedSize = $0 }),
      (headerOffset, { headerOffset = $0 }),
    ] as [(Int, (Int) -> Void)] where number == 0xFFFF_FFFF {
      guard let field = wide, field.count >= 8, let value = file.uint64(at: field.lowerBound) else {
        throw WorkbookError(
          .damagedArchive, "the sizes of entry \(shown(name)) are missing", offset: position)
      }
      set(value)
      wide = field.lowerBound + 8..<field.upperBound
    }
    let entry = Entry(
      name: name, method: method, flags: flags, crc: UInt32(crc), packedSize: packedSize,
      size: size, headerOffset: headerOffset)
    return (entry, extra + extraLength + commentLength)
  }

  private static func zip64Field(_ file: ByteReader, in extra: Range<Int>) -> Range<Int>? {
    var position = extra.lowerBound
    while position + 4 <= extra.upperBound, let tag = file.uint16(at: position),
      let count = file.uint16(at: position + 2), position + 4 + count <= extra.upperBound
    {
      if tag == 1 { return position + 4..<position + 4 + count }
      position += 4 + count
    }
    return nil
  }
}
