/// A part of a package with its bytes.
struct ArchivedPart: Sendable {
  var name: String
  var content: [UInt8]
  /// The used range of a worksheet, in A1 notation, empty for an empty one; nil for any other part.
  let usedRange: String?
  /// Whether it is the part that lists the sheets.
  let isWorkbook: Bool

  init(name: String, content: [UInt8], usedRange: String? = nil, isWorkbook: Bool = false) {
    self.name = name
    self.content = content
    self.usedRange = usedRange
    self.isWorkbook = isWorkbook
  }

  var isSheet: Bool { usedRange != nil }

  /// The name with slashes and without a root.
  var path: String {
    let path = String(decoding: name.utf8.map { $0 == 0x5C ? 0x2F : $0 }, as: UTF8.self)
    return path.utf8.first == UInt8(ascii: "/") ? String(path.unicodeScalars.dropFirst()) : path
  }
}

/// The parts of a workbook, to be put into a nasty form.
struct MutablePackage {
  private(set) var parts: [ArchivedPart]

  init(parts: [ArchivedPart]) { self.parts = parts }

  mutating func replace(content: [UInt8], ofPart index: Int) { parts[index].content = content }

  /// Puts the parts into a form.
  ///
  /// Throws where there is nothing that the form could change.
  mutating func apply(
    _ form: WorkbookMutator.Form, _ draw: inout MutationDraw
  ) throws(FormDoesNotApply) {
    switch form {
    // Forms of the archive's bytes.
    case .stored, .truncated, .randomBytes, .wrongCRC, .lockedEntry: break
    case .reorderedParts:
      guard parts.count > 1 else { throw .because("the archive has one part alone") }
      parts.reverse()
    case .capitalNames:
      try rename("the names are in capitals already") { 0x61...0x7A ~= $0 ? $0 & 0xDF : $0 }
    case .backslashNames:
      try rename("no name of a part has a slash") { $0 == 0x2F ? 0x5C : $0 }
    case .absoluteTargets: try makeTargetsAbsolute()
    case .strict: try makeStrict()
    case .duplicateEntry: parts.append(parts[draw.number(below: parts.count)])
    case .traversalName: parts.append(ArchivedPart(name: "xl/../../evil.xml", content: []))
    case .missingSheetPart:
      guard parts.contains(where: \.isSheet) else { throw .noWorksheet }
      parts.removeAll(where: \.isSheet)
    case .bomb: addBomb()
    case .randomPartBytes: try changeBytes(&draw)
    case .utf16, .prefixed, .withoutReferences, .lyingDimension, .cdata, .comments, .instructions,
      .doctype, .unclosedSheet, .cellBeyondGrid, .badSharedString, .badNumber, .deepNesting,
      .manyAttributes:
      try changeSheets(form, &draw)
    }
  }

  private mutating func rename(
    _ reason: String, _ change: (UInt8) -> UInt8
  ) throws(FormDoesNotApply) {
    let names = parts.map { String(decoding: $0.name.utf8.map(change), as: UTF8.self) }
    guard zip(parts, names).contains(where: { !$0.name.utf8.elementsEqual($1.utf8) }) else {
      throw .because(reason)
    }
    for index in parts.indices { parts[index].name = names[index] }
  }

  private mutating func addBomb() {
    let paths = Set(parts.map { $0.path.lowercased() })
    var number = 1
    while paths.contains("xl/media/image\(number).png") { number += 1 }
    parts.append(
      ArchivedPart(
        name: "xl/media/image\(number).png", content: [UInt8](repeating: 0, count: 96 << 20)))
  }

  private mutating func changeBytes(_ draw: inout MutationDraw) throws(FormDoesNotApply) {
    let filled = parts.indices.filter { !parts[$0].content.isEmpty }
    guard !filled.isEmpty else { throw .because("all parts are empty") }
    let index = filled[draw.number(below: filled.count)]
    let original = parts[index].content
    for _ in 0...draw.number(below: 4) {
      // Another byte than was there, also where a place is drawn twice.
      let place = draw.number(below: original.count)
      let others = Self.signs.filter { $0 != original[place] }
      parts[index].content[place] = others[draw.number(below: others.count)]
    }
  }

  private static let signs = Array("<>/=\"&;09ARstv: \u{0}".utf8)

  private mutating func changeSheets(
    _ form: WorkbookMutator.Form, _ draw: inout MutationDraw
  ) throws(FormDoesNotApply) {
    guard parts.contains(where: \.isSheet) else { throw .noWorksheet }
    var isChanged = false
    for index in parts.indices {
      guard let usedRange = parts[index].usedRange else { continue }
      guard let text = PartText(parts[index].content), let sheet = SheetMarkup(text.bytes) else {
        throw .because("\(parts[index].name) is in an encoding that is not known here")
      }
      let mutation = SheetMutation(sheet: sheet, usedRange: usedRange)
      if let changed = form.content(of: text, mutation, &draw) {
        parts[index].content = changed
        isChanged = true
      }
    }
    guard isChanged else { throw .because(form.reasonForNothing) }
  }
}

/// Why a form does not apply to a workbook.
struct FormDoesNotApply: Error {
  let reason: String

  static func because(_ reason: String) -> FormDoesNotApply { FormDoesNotApply(reason: reason) }

  static let noWorksheet = FormDoesNotApply(reason: "the workbook has no worksheet")
}

extension WorkbookMutator.Form {
  /// The part of a sheet in a form; nil when there is nothing to change.
  fileprivate func content(
    of text: PartText, _ sheet: SheetMutation, _ draw: inout MutationDraw
  ) -> [UInt8]? {
    let depth = 1000
    let changed: [UInt8]?
    switch self {
    case .utf16: return text.encoding == .utf8 ? text.contentInUTF16 : nil
    case .prefixed: changed = sheet.withPrefixes()
    case .withoutReferences: changed = sheet.withoutReferences()
    case .lyingDimension: changed = sheet.withLyingDimension(&draw)
    case .cdata: changed = sheet.withSections()
    case .comments: changed = sheet.withComments(&draw)
    case .instructions: changed = sheet.withInstructions()
    case .doctype: changed = sheet.withDocumentType()
    case .unclosedSheet: changed = sheet.unclosed(&draw)
    case .cellBeyondGrid: changed = sheet.adding(rows: "<row><c r=\"XFE1\"><v>1</v></c></row>")
    case .badSharedString:
      changed = sheet.adding(rows: "<row><c t=\"s\"><v>999999999</v></c></row>")
    case .badNumber: changed = sheet.adding(rows: "<row><c><v>1.2.3</v></c></row>")
    case .deepNesting:
      let (open, close) = ("<nest>", "</nest>")
      changed = sheet.adding(
        rows:
          "<row>\(String(repeating: open, count: depth))\(String(repeating: close, count: depth))</row>"
      )
    case .manyAttributes:
      changed = sheet.adding(rows: "<row\((0..<5000).map { " a\($0)=\"1\"" }.joined())></row>")
    case .stored, .reorderedParts, .capitalNames, .backslashNames, .absoluteTargets, .strict,
      .truncated, .wrongCRC, .lockedEntry, .duplicateEntry, .traversalName, .missingSheetPart,
      .bomb, .randomBytes, .randomPartBytes:
      return nil
    }
    guard let changed else { return nil }
    var text = text
    text.bytes = changed
    return text.content
  }

  /// What no sheet has, where none could be changed.
  fileprivate var reasonForNothing: String {
    switch self {
    case .utf16: "every sheet is in UTF-16 already"
    case .prefixed: "every element of the sheets has a prefix already"
    case .withoutReferences: "no row and no cell has a reference"
    case .cdata, .comments: "no sheet has a value outside of a CDATA section"
    case .instructions: "no sheet has a row"
    default: "no sheet could be changed"
    }
  }
}
