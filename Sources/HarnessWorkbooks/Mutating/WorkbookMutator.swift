/// Turns a good workbook into nasty ones, for tests of what reads workbooks.
///
/// ```swift
/// let mutator = try WorkbookMutator(goodBytes)
/// for form in WorkbookMutator.Form.allCases {
///   let nasty = try mutator.mutated(form, seed: 7)
///   // form.outcome says what a careful reader makes of it.
/// }
/// ```
///
/// The same workbook, form and seed give the same bytes.
public struct WorkbookMutator: Sendable {
  private let original: [UInt8]
  private let parts: [ArchivedPart]

  /// A mutator of the workbook with these bytes.
  ///
  /// - Throws: A ``WorkbookError`` when the workbook itself cannot be read.
  public init(_ bytes: [UInt8]) throws(WorkbookError) {
    _ = try Workbook(bytes: bytes)
    original = bytes
    let archive = try ZipArchive(bytes, limits: WorkbookLimits())
    var parts: [ArchivedPart] = []
    for entry in archive.allEntries {
      parts.append(ArchivedPart(name: entry.name, content: try archive.bytes(of: entry)))
    }
    self.parts = parts
  }

  /// The workbook in a nasty form.
  ///
  /// `seed`: chooses the place where there are several.
  /// - Returns: The bytes of the file; unchanged where the workbook has nothing that the form could change, such as
  ///   a text.
  public func mutated(_ form: Form, seed: UInt64 = 0) throws(WorkbookError) -> [UInt8] {
    var draw = MutationDraw(seed: seed)
    if form.isOfBytes { return try mutatedBytes(form, &draw) }
    var parts = parts
    form.apply(to: &parts, &draw)
    return try Self.archive(parts, form == .stored ? .none : .deflate)
  }

  static func archive(
    _ parts: [ArchivedPart], _ compression: WorkbookWriter.Compression
  ) throws(WorkbookError) -> [UInt8] {
    var writer = ZipWriter(compression)
    for part in parts { try writer.add(part.name, part.content) }
    return try writer.finish()
  }

  private func mutatedBytes(
    _ form: Form, _ draw: inout MutationDraw
  ) throws(WorkbookError) -> [UInt8] {
    switch form {
    case .truncated: return Array(original.prefix(draw.number(below: max(1, original.count - 1))))
    case .randomBytes:
      var bytes = original
      for _ in 0...draw.number(below: 8) where !bytes.isEmpty {
        bytes[draw.number(below: bytes.count)] = UInt8(draw.number(below: 256))
      }
      return bytes
    case .wrongCRC, .lockedEntry:
      var bytes = try Self.archive(parts, .none)
      // The first entry of the directory and its local header are told the same.
      for place in Self.headers(in: bytes) {
        let isLocal = bytes[place + 2] == 3
        let field = form == .wrongCRC ? (isLocal ? 14 : 16) : (isLocal ? 6 : 8)
        bytes[place + field] ^= 1
      }
      return bytes
    default: return original
    }
  }

  /// Where in an archive the headers of its entries are, local and central ones.
  private static func headers(in bytes: [UInt8]) -> [Int] {
    let file = ByteReader(bytes: bytes)
    guard let directory = try? ZipDirectory(file, limits: WorkbookLimits()) else { return [] }
    var places = directory.entries.map(\.headerOffset)
    var place = directory.offset
    for entry in directory.entries {
      places.append(place)
      place += 46 + entry.name.utf8.count
    }
    return places
  }
}

/// A part of a package with its bytes.
struct ArchivedPart: Sendable {
  var name: String
  var content: [UInt8]

  var text: String {
    get { String(decoding: content, as: UTF8.self) }
    set { content = Array(newValue.utf8) }
  }

  var isSheet: Bool { name.lowercased().hasPrefix("xl/worksheets/sheet") }
}

/// Numbers from a seed, by SplitMix64.
struct MutationDraw {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func number(below bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
    return Int((bits ^ bits >> 31) % UInt64(bound))
  }
}
