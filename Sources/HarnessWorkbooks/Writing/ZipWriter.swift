/// Writes a ZIP archive whose bytes depend on nothing but its entries.
///
/// Every entry has the earliest time that the format knows, and no attributes of a system. An entry is
/// written as its bytes come; its header is completed at its end.
///
/// Source: APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
struct ZipWriter: ~Copyable {
  private var output: ByteOutput
  private var directory: [UInt8] = []
  private var count = 0
  private let compression: WorkbookWriter.Compression
  private var entry: OpenEntry?
  private var deflater: Deflater?

  /// An entry whose end has not come yet.
  private struct OpenEntry {
    let name: String
    let offset: Int
    var size = 0
    var packedSize = 0
    var crc: UInt32 = 0
  }

  private static let version = 20
  // Names are UTF-8.
  private static let flags = 0x0800
  // 1 January 1980, midnight.
  private static let time = 0
  private static let date = 0x21
  private static let mostBytes = 0xFFFF_FFFF

  /// An archive in memory.
  init(_ compression: WorkbookWriter.Compression) {
    self.init(compression, ByteOutput())
  }

  init(_ compression: WorkbookWriter.Compression, _ output: consuming ByteOutput) {
    self.compression = compression
    self.output = output
  }

  /// Adds an entry.
  mutating func add(_ name: String, _ content: [UInt8]) throws(WorkbookError) {
    try begin(name)
    try append(content)
    try end()
  }

  /// Begins an entry, the one before having ended.
  mutating func begin(_ name: String) throws(WorkbookError) {
    if compression == .deflate {
      if deflater == nil { deflater = try Deflater() } else { deflater?.reset() }
    }
    let entry = OpenEntry(name: name, offset: output.count)
    guard count < 0xFFFF else {
      throw WorkbookError(.unwritable, "the workbook has more than 65,535 parts", part: name)
    }
    try output.append([0x50, 0x4B, 0x03, 0x04] + common(entry) + Array(name.utf8))
    self.entry = entry
  }

  /// Writes more bytes of the entry.
  mutating func append(_ content: [UInt8]) throws(WorkbookError) {
    guard !content.isEmpty, var entry else { return }
    entry.crc = crc32(entry.crc, content.span)
    entry.size += content.count
    let start = output.count
    if compression == .deflate {
      try deflater?.deflate(content.span, isLast: false, into: &output)
    } else {
      try output.append(content)
    }
    entry.packedSize += output.count - start
    self.entry = entry
    guard max(entry.size, output.count) < Self.mostBytes else {
      throw WorkbookError(.unwritable, "the workbook is larger than 4 GiB", part: entry.name)
    }
  }

  /// Ends the entry.
  mutating func end() throws(WorkbookError) {
    guard var entry else { return }
    if compression == .deflate {
      let start = output.count
      try deflater?.deflate([UInt8]().span, isLast: true, into: &output)
      entry.packedSize += output.count - start
    }
    let common = common(entry)
    try output.replace(at: entry.offset + 4, with: common)
    directory += [0x50, 0x4B, 0x01, 0x02]
    directory.append(Self.version, width: 2)
    directory += common
    // No comment, disk 0, no attributes.
    directory += [UInt8](repeating: 0, count: 10)
    directory.append(entry.offset, width: 4)
    directory += Array(entry.name.utf8)
    count += 1
    self.entry = nil
  }

  /// What the local header and the directory say alike.
  private func common(_ entry: OpenEntry) -> [UInt8] {
    var common: [UInt8] = []
    common.append(Self.version, width: 2)
    common.append(Self.flags, width: 2)
    common.append(compression == .deflate ? 8 : 0, width: 2)
    common.append(Self.time, width: 2)
    common.append(Self.date, width: 2)
    common.append(Int(entry.crc), width: 4)
    common.append(entry.packedSize, width: 4)
    common.append(entry.size, width: 4)
    common.append(entry.name.utf8.count, width: 2)
    // No extra field.
    common.append(0, width: 2)
    return common
  }

  /// Writes the central directory; the bytes of an archive in memory.
  mutating func finish() throws(WorkbookError) -> [UInt8] {
    let offset = output.count
    var end = directory
    end += [0x50, 0x4B, 0x05, 0x06, 0, 0, 0, 0]
    end.append(count, width: 2)
    end.append(count, width: 2)
    end.append(directory.count, width: 4)
    end.append(offset, width: 4)
    end.append(0, width: 2)
    try output.append(end)
    return try output.finish()
  }
}

extension [UInt8] {
  /// Appends a number in little-endian bytes.
  fileprivate mutating func append(_ number: Int, width: Int) {
    for shift in 0..<width { append(UInt8(truncatingIfNeeded: number >> (shift * 8))) }
  }
}
