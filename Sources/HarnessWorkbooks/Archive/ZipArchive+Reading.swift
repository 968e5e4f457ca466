import CHarnessZlib

extension ZipArchive {
  private static let chunkSize = 64 * 1024

  /// Hands over the bytes of an entry, a piece at a time, and checks their count and CRC at the end.
  ///
  /// When `body` throws, the rest is still inflated: damage of the archive is the cause, and what
  /// `body` found only its effect.
  func read(
    _ entry: Entry, _ body: (borrowing Span<UInt8>) throws(WorkbookError) -> Void
  ) throws(WorkbookError) {
    let described = entry.directory
    guard !described.isEncrypted else {
      throw WorkbookError(
        .encrypted, "the entry is locked with a password", part: described.name,
        offset: described.headerOffset)
    }
    var check = EntryCheck(described)
    var refusal: WorkbookError?
    func pass(_ piece: borrowing Span<UInt8>) throws(WorkbookError) {
      try check.add(piece)
      guard refusal == nil else { return }
      do throws(WorkbookError) { try body(piece) } catch { refusal = error }
    }
    switch described.method {
    case 0: try readStored(entry, pass)
    case 8: try readDeflated(entry, pass)
    default:
      throw WorkbookError(
        .unsupported, "the compression method \(described.method) is not read here",
        part: described.name, offset: described.headerOffset)
    }
    try check.finish()
    if let refusal { throw refusal }
  }

  private func readStored(
    _ entry: Entry, _ body: (borrowing Span<UInt8>) throws(WorkbookError) -> Void
  ) throws(WorkbookError) {
    var start = entry.packed.lowerBound
    while start < entry.packed.upperBound {
      let end = min(start + Self.chunkSize, entry.packed.upperBound)
      try body(bytes.span.extracting(start..<end))
      start = end
    }
  }

  private func readDeflated(
    _ entry: Entry, _ body: (borrowing Span<UInt8>) throws(WorkbookError) -> Void
  ) throws(WorkbookError) {
    var inflater = try Inflater()
    var buffer = [UInt8](repeating: 0, count: Self.chunkSize)
    let packed = bytes.span.extracting(entry.packed)
    var position = 0
    while true {
      let step = inflater.step(packed, from: position, into: &buffer)
      position += step.consumed
      if step.produced > 0 { try body(buffer.span.extracting(0..<step.produced)) }
      switch step.status {
      case .end: return
      case .continue where step.consumed > 0 || step.produced > 0: continue
      case .continue:
        throw WorkbookError(
          .damagedArchive, "the packed bytes end too soon", part: entry.name,
          offset: entry.packed.upperBound)
      case .damaged:
        throw WorkbookError(
          .damagedArchive, "the packed bytes are damaged", part: entry.name,
          offset: entry.packed.lowerBound + position)
      case .outOfMemory:
        throw WorkbookError(.unreadable, "no memory is left to inflate it", part: entry.name)
      }
    }
  }
}

/// Holds the bytes of an entry against what the directory promised.
private struct EntryCheck {
  private let entry: ZipDirectory.Entry
  private var count = 0
  private var crc: UInt32 = 0

  init(_ entry: ZipDirectory.Entry) { self.entry = entry }

  mutating func add(_ piece: borrowing Span<UInt8>) throws(WorkbookError) {
    count += piece.count
    guard count <= entry.size else {
      throw WorkbookError(
        .damagedArchive, "it inflates to more than the \(entry.size) bytes of the directory",
        part: entry.name, offset: entry.headerOffset)
    }
    crc = crc32(crc, piece)
  }

  func finish() throws(WorkbookError) {
    guard count == entry.size else {
      throw WorkbookError(
        .damagedArchive, "it has \(count) bytes, and the directory says \(entry.size)",
        part: entry.name, offset: entry.headerOffset)
    }
    guard crc == entry.crc else {
      throw WorkbookError(
        .damagedArchive, "its CRC-32 is wrong: the bytes are not those that were packed",
        part: entry.name, offset: entry.headerOffset)
    }
  }
}
