import CHarnessZlib

/// Writes a ZIP archive whose bytes depend on nothing but its entries.
///
/// Every entry has the earliest time that the format knows, and no attributes of a system.
///
/// Source: APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
struct ZipWriter {
  private var bytes: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0
  private let compression: WorkbookWriter.Compression

  private static let version = 20
  // Names are UTF-8.
  private static let flags = 0x0800
  // 1 January 1980, midnight.
  private static let time = 0
  private static let date = 0x21

  init(_ compression: WorkbookWriter.Compression) { self.compression = compression }

  /// Adds an entry.
  mutating func add(_ name: String, _ content: [UInt8]) throws(WorkbookError) {
    let packed: [UInt8]
    let method: Int
    switch compression {
    case .none: (packed, method) = (content, 0)
    case .deflate: (packed, method) = (try deflated(content), 8)
    }
    let offset = bytes.count
    guard max(content.count, offset + packed.count) < 0xFFFF_FFFF, count < 0xFFFF else {
      throw WorkbookError(.unwritable, "the workbook is larger than 4 GiB", part: name)
    }
    var common: [UInt8] = []
    common.append(Self.version, width: 2)
    common.append(Self.flags, width: 2)
    common.append(method, width: 2)
    common.append(Self.time, width: 2)
    common.append(Self.date, width: 2)
    common.append(Int(crc32(0, content.span)), width: 4)
    common.append(packed.count, width: 4)
    common.append(content.count, width: 4)
    common.append(name.utf8.count, width: 2)
    // No extra field.
    common.append(0, width: 2)

    bytes += [0x50, 0x4B, 0x03, 0x04] + common + Array(name.utf8) + packed
    directory += [0x50, 0x4B, 0x01, 0x02]
    directory.append(Self.version, width: 2)
    directory += common
    // No comment, disk 0, no attributes.
    directory += [UInt8](repeating: 0, count: 10)
    directory.append(offset, width: 4)
    directory += Array(name.utf8)
    count += 1
  }

  /// The archive with its central directory.
  consuming func finish() -> [UInt8] {
    let offset = bytes.count
    bytes += directory
    bytes += [0x50, 0x4B, 0x05, 0x06, 0, 0, 0, 0]
    bytes.append(count, width: 2)
    bytes.append(count, width: 2)
    bytes.append(directory.count, width: 4)
    bytes.append(offset, width: 4)
    bytes.append(0, width: 2)
    return bytes
  }

  private func deflated(_ content: [UInt8]) throws(WorkbookError) -> [UInt8] {
    guard let deflater = unsafe charness_deflater_create(6, 15) else {
      throw WorkbookError(.unwritable, "no memory is left to compress the part")
    }
    defer { unsafe charness_deflater_destroy(deflater) }
    var packed: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    var position = 0
    while true {
      let step = unsafe content[position...].withUnsafeBufferPointer { input in
        unsafe buffer.withUnsafeMutableBufferPointer { output in
          unsafe charness_deflater_step(
            deflater, input.baseAddress, input.count, output.baseAddress, output.count, .finish)
        }
      }
      position += step.consumed
      packed += buffer[..<step.produced]
      switch step.status {
      case .end: return packed
      case .continue: continue
      case .damaged, .outOfMemory:
        throw WorkbookError(.unwritable, "zlib cannot compress the part")
      }
    }
  }
}

extension [UInt8] {
  /// Appends a number in little-endian bytes.
  fileprivate mutating func append(_ number: Int, width: Int) {
    for shift in 0..<width { append(UInt8(truncatingIfNeeded: number >> (shift * 8))) }
  }
}
