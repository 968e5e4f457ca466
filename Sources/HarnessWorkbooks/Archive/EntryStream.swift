import CHarnessZlib

/// The bytes of an entry, inflated a piece at a time and held against what the directory promised.
struct EntryStream: ~Copyable {
  /// How many bytes a piece has at most.
  static let pieceSize = 64 * 1024

  private let archive: ZipArchive
  private let entry: ZipArchive.Entry
  private var check: EntryCheck
  private var position: Int
  private var inflater: Inflater?
  private var hasEnded = false
  // Another thread then does what is below.
  private let ahead: AheadStream?

  // A thread costs more than inflating so little.
  private static let leastAhead = 1 << 20

  /// `isAhead`: whether the bytes are inflated ahead on another thread, where the archive is read so.
  init(
    _ entry: ZipArchive.Entry, of archive: ZipArchive, isAhead: Bool
  ) throws(WorkbookError) {
    let described = entry.directory
    guard !described.isEncrypted else {
      throw WorkbookError(
        .encrypted, "the entry is locked with a password", part: described.name,
        offset: described.headerOffset)
    }
    switch described.method {
    case 0: inflater = nil
    case 8: inflater = try Inflater()
    default:
      throw WorkbookError(
        .unsupported, "the compression method \(described.method) is not read here",
        part: described.name, offset: described.headerOffset)
    }
    self.archive = archive
    self.entry = entry
    check = EntryCheck(described)
    position = entry.packed.lowerBound
    let isWorthIt =
      isAhead && described.size >= Self.leastAhead && archive.options.contains(.inflatingAhead)
    ahead = isWorthIt ? AheadStream(entry, of: archive) : nil
  }

  /// Puts the next piece into the buffer behind its first `offset` bytes, and gives its length.
  ///
  /// 0 at the end of the entry, when count and CRC were found right. The buffer must have room for
  /// ``pieceSize`` bytes behind `offset`.
  mutating func next(
    into buffer: inout [UInt8], from offset: Int = 0
  ) throws(WorkbookError) -> Int {
    if let ahead { return try ahead.next(into: &buffer, from: offset) }
    while !hasEnded {
      let count = try inflater == nil ? copy(into: &buffer, offset) : inflate(into: &buffer, offset)
      if count > 0 {
        try check.add(buffer.span.extracting(offset..<offset + count))
        return count
      }
    }
    return 0
  }

  private mutating func copy(
    into buffer: inout [UInt8], _ offset: Int
  ) throws(WorkbookError) -> Int {
    let count = min(Self.pieceSize, entry.packed.upperBound - position)
    guard count > 0 else {
      try finish()
      return 0
    }
    buffer.replaceSubrange(
      offset..<offset + count, with: archive.bytes[position..<position + count])
    position += count
    return count
  }

  private mutating func inflate(
    into buffer: inout [UInt8], _ offset: Int
  ) throws(WorkbookError) -> Int {
    let bytes = archive.bytes
    let packed = bytes.span.extracting(position..<entry.packed.upperBound)
    let step = inflater!.step(packed, into: &buffer, offset..<offset + Self.pieceSize)
    position += step.consumed
    switch step.status {
    case .end:
      if step.produced == 0 { try finish() }
      // A step after the end produces nothing and ends again.
      return step.produced
    case .continue where step.consumed > 0 || step.produced > 0: return step.produced
    case .continue:
      throw WorkbookError(
        .damagedArchive, "the packed bytes end too soon", part: entry.name,
        offset: entry.packed.upperBound)
    case .damaged:
      throw WorkbookError(
        .damagedArchive, "the packed bytes are damaged", part: entry.name, offset: position)
    case .outOfMemory:
      throw WorkbookError(.unreadable, "no memory is left to inflate it", part: entry.name)
    }
  }

  private mutating func finish() throws(WorkbookError) {
    hasEnded = true
    try check.finish()
    if check.hasRightChecksum { return }
    guard archive.options.contains(.acceptingWrongChecksums) else { throw check.wrongChecksum }
    archive.checksums.add(entry.name)
  }

  // As many bytes as are inflated after a refusal, in search of the damage that was its cause.
  private static let mostDrained = 64 << 20

  /// What to tell of a part that was given up: damage of the archive where there is some, for then what
  /// was found in the part is only its effect.
  ///
  /// Reads on to the end of the entry, or for 64 MiB; not at all after a limit.
  mutating func cause(of refusal: WorkbookError) -> WorkbookError {
    guard refusal.kind != .limitExceeded else { return refusal }
    var buffer = [UInt8](repeating: 0, count: Self.pieceSize)
    var drained = 0
    do throws(WorkbookError) {
      while drained < Self.mostDrained {
        let count = try next(into: &buffer)
        if count == 0 { break }
        drained += count
      }
      return refusal
    } catch {
      return error
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

  /// Whether all bytes came, and those that were packed.
  func finish() throws(WorkbookError) {
    guard count == entry.size else {
      throw WorkbookError(
        .damagedArchive, "it has \(count) bytes, and the directory says \(entry.size)",
        part: entry.name, offset: entry.headerOffset)
    }
  }

  var hasRightChecksum: Bool { crc == entry.crc }

  var wrongChecksum: WorkbookError {
    WorkbookError(
      .damagedArchive, "its CRC-32 is wrong: the bytes are not those that were packed",
      part: entry.name, offset: entry.headerOffset)
  }
}

extension ZipArchive {
  /// All bytes of an entry.
  func bytes(of entry: Entry) throws(WorkbookError) -> [UInt8] {
    var stream = try EntryStream(entry, of: self, isAhead: false)
    var buffer = [UInt8](repeating: 0, count: EntryStream.pieceSize)
    var bytes: [UInt8] = []
    while case let count = try stream.next(into: &buffer), count > 0 { bytes += buffer[..<count] }
    return bytes
  }
}
