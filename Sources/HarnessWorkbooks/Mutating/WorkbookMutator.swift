/// Turns a good workbook into nasty ones, for tests of what reads workbooks.
///
/// ```swift
/// let mutator = try WorkbookMutator(goodBytes)
/// for form in try mutator.forms() {
///   let nasty = try mutator.mutated(form, seed: 7)
///   // form.outcome says what a careful reader makes of it.
/// }
/// ```
///
/// The same workbook, form and seed give the same bytes.
public struct WorkbookMutator: Sendable {
  private let original: [UInt8]
  private let parts: [ArchivedPart]
  private let isPacked: Bool

  /// A mutator of the workbook with these bytes.
  ///
  /// - Throws: A ``WorkbookError`` when the workbook itself or one of its sheets cannot be read.
  public init(_ bytes: [UInt8]) throws(WorkbookError) {
    let workbook = try Workbook(bytes: bytes)
    var usedRanges: [String: String] = [:]
    for (index, info) in workbook.sheets.enumerated() where info.isWorksheet {
      let range = try workbook.sheet(at: index).usedRange
      usedRanges[try workbook.entry(of: info).name] = range.map { "\($0)" } ?? ""
    }
    original = bytes
    let archive = workbook.archive
    let root = try Relationships(of: "", in: archive, limits: workbook.limits)
    let main = root.first(ofType: "officeDocument")?.target.flatMap(archive.entry)?.name
    var parts: [ArchivedPart] = []
    for entry in archive.allEntries {
      parts.append(
        ArchivedPart(
          name: entry.name, content: try archive.bytes(of: entry),
          usedRange: usedRanges[entry.name], isWorkbook: entry.name == main))
    }
    self.parts = parts
    isPacked = archive.allEntries.contains { $0.directory.method != 0 }
  }

  /// The forms that apply to the workbook, in their order.
  ///
  /// Makes each of them to see, so it takes as long as all of them.
  ///
  /// - Throws: A ``WorkbookError`` of the kind `unwritable` when a form cannot be written.
  public func forms() throws(WorkbookError) -> [Form] {
    var forms: [Form] = []
    for form in Form.allCases {
      do throws(WorkbookError) {
        _ = try mutated(form)
        forms.append(form)
      } catch {
        guard error.kind == .inapplicable else { throw error }
      }
    }
    return forms
  }

  /// The workbook in a nasty form.
  ///
  /// What the form is about differs from the workbook, and nothing else that a reader of parts sees. The archive is written
  /// anew for it, packed, in the order of its entries, without folders, times and comments; `truncated` and `randomBytes`
  /// alone have the bytes of the file as they were.
  ///
  /// `seed`: chooses the place where there are several.
  /// - Returns: The bytes of the file, which are never those of the workbook.
  /// - Throws: A ``WorkbookError`` of the kind `inapplicable`, with the form and the reason, when the workbook has nothing
  ///   that the form could change, such as ``Form/cdata`` of sheets without a value.
  public func mutated(_ form: Form, seed: UInt64 = 0) throws(WorkbookError) -> [UInt8] {
    var draw = MutationDraw(seed: seed)
    if form.isOfBytes { return try mutatedBytes(form, &draw) }
    if form == .stored, !isPacked {
      throw Self.inapplicable(form, "every part is stored already")
    }
    var package = MutablePackage(parts: parts)
    do throws(FormDoesNotApply) {
      try package.apply(form, &draw)
    } catch {
      throw Self.inapplicable(form, error.reason)
    }
    return try Self.archive(package.parts, form == .stored ? .none : .deflate)
  }

  private static func inapplicable(_ form: Form, _ reason: String) -> WorkbookError {
    WorkbookError(
      .inapplicable, "the form \(form.rawValue) does not apply to the workbook: \(reason)")
  }

  private static func archive(
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
    // What comes after the end of the directory may be missing.
    case .truncated: return Array(original.prefix(draw.number(below: endOfDirectory + 1)))
    case .randomBytes:
      var bytes = original
      for _ in 0...draw.number(below: 8) {
        // Another byte than was there, also where a place is drawn twice.
        let place = draw.number(below: bytes.count)
        bytes[place] = original[place] ^ UInt8(1 + draw.number(below: 255))
      }
      return bytes
    default:
      var bytes = try Self.archive(parts, .none)
      // The entries of the directory and their local headers are told the same.
      for place in Self.headers(in: bytes) {
        let isLocal = bytes[place + 2] == 3
        let field = form == .wrongCRC ? (isLocal ? 14 : 16) : (isLocal ? 6 : 8)
        bytes[place + field] ^= 1
      }
      return bytes
    }
  }

  /// Where the last record of the archive begins.
  private var endOfDirectory: Int {
    let signature: [UInt8] = [0x50, 0x4B, 0x05, 0x06]
    let places = original.indices.reversed()
    return places.first { original[$0...].starts(with: signature) } ?? 0
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

extension WorkbookMutator.Form {
  /// Whether it changes the file, and not the parts in it.
  fileprivate var isOfBytes: Bool {
    switch self {
    case .truncated, .randomBytes, .wrongCRC, .lockedEntry: true
    default: false
    }
  }
}
