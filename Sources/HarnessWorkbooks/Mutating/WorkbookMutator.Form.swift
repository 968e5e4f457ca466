extension WorkbookMutator {
  /// A nasty form of a workbook.
  public enum Form: String, Sendable, Hashable, CaseIterable {
    /// No entry is packed.
    case stored
    /// The parts come in another order.
    case reorderedParts
    /// The names of parts are in capitals, the references to them are not.
    case capitalNames
    /// The names of parts have backslashes.
    case backslashNames
    /// Parts refer to each other from the root of the package.
    case absoluteTargets
    /// Sheets are in UTF-16.
    case utf16
    /// Every element of the sheets has a prefix.
    case prefixed
    /// Sheets and workbook are in the namespaces of the strict form.
    case strict
    /// Rows and cells have no references.
    case withoutReferences
    /// The sheets claim another used range than they have.
    case lyingDimension
    /// Values stand in CDATA sections.
    case cdata
    /// Comments stand within values.
    case comments
    /// A processing instruction stands before each row.
    case instructions

    /// The file ends too soon.
    case truncated
    /// The CRC of the entries is wrong.
    case wrongCRC
    /// The entries say that they are locked with a password.
    case lockedEntry
    /// Two entries have one name.
    case duplicateEntry
    /// An entry has a name that leads out of the archive.
    case traversalName
    /// A sheet has a document type declaration with an entity.
    case doctype
    /// A sheet ends within its data.
    case unclosedSheet
    /// A cell lies behind the last column.
    case cellBeyondGrid
    /// A cell refers to a shared string that is not there.
    case badSharedString
    /// A number is none.
    case badNumber
    /// The part of a sheet is missing.
    case missingSheetPart
    /// Elements are nested a thousand deep.
    case deepNesting
    /// An element has thousands of attributes.
    case manyAttributes
    /// A part inflates to a thousand times its packed size.
    case bomb

    /// Some bytes of the file are changed.
    case randomBytes
    /// Some bytes of a part are changed, and the archive is sound.
    case randomPartBytes
  }

  /// What a careful reader makes of a workbook in a form.
  public enum Outcome: Sendable, Hashable {
    /// The same as of the good one.
    case same
    /// It refuses the file, in bounded time and memory.
    case refused
    /// It depends on the place; but the reader neither crashes nor hangs.
    case either
  }
}

extension WorkbookMutator.Form {
  /// What a careful reader makes of it.
  public var outcome: WorkbookMutator.Outcome {
    switch self {
    case .stored, .reorderedParts, .capitalNames, .backslashNames, .absoluteTargets, .utf16,
      .prefixed, .strict, .lyingDimension, .cdata, .comments, .instructions:
      .same
    // Without references a gap between cells is lost.
    case .withoutReferences, .randomBytes, .randomPartBytes: .either
    case .truncated, .wrongCRC, .lockedEntry, .duplicateEntry, .traversalName, .doctype,
      .unclosedSheet, .cellBeyondGrid, .badSharedString, .badNumber, .missingSheetPart,
      .deepNesting, .manyAttributes, .bomb:
      .refused
    }
  }

  /// Whether it changes the file, and not the parts in it.
  var isOfBytes: Bool {
    switch self {
    case .truncated, .randomBytes, .wrongCRC, .lockedEntry: true
    default: false
    }
  }

  func apply(to parts: inout [ArchivedPart], _ draw: inout MutationDraw) {
    switch self {
    case .stored, .truncated, .randomBytes, .wrongCRC, .lockedEntry: break
    case .reorderedParts: parts.reverse()
    case .capitalNames:
      for index in parts.indices { parts[index].name = parts[index].name.uppercased() }
    case .backslashNames:
      for index in parts.indices {
        parts[index].name = String(parts[index].name.map { $0 == "/" ? "\\" : $0 })
      }
    case .absoluteTargets: makeTargetsAbsolute(&parts)
    case .strict: makeStrict(&parts)
    case .duplicateEntry: parts.append(parts[draw.number(below: parts.count)])
    case .traversalName: parts.append(ArchivedPart(name: "xl/../../evil.xml", content: []))
    case .missingSheetPart: parts.removeAll(where: \.isSheet)
    case .bomb:
      parts.append(
        ArchivedPart(
          name: "xl/media/image1.png", content: [UInt8](repeating: 0, count: 96 << 20)))
    case .randomPartBytes:
      let index = draw.number(below: parts.count)
      for _ in 0...draw.number(below: 4) where !parts[index].content.isEmpty {
        let place = draw.number(below: parts[index].content.count)
        parts[index].content[place] = Array("<>/=\"&;09ARstv: \u{0}".utf8)[draw.number(below: 17)]
      }
    case .utf16, .prefixed, .withoutReferences, .lyingDimension, .cdata, .comments, .instructions,
      .doctype, .unclosedSheet, .cellBeyondGrid, .badSharedString, .badNumber, .deepNesting,
      .manyAttributes:
      for index in parts.indices where parts[index].isSheet { change(sheet: &parts[index]) }
    }
  }

  private func change(sheet: inout ArchivedPart) {
    let prefix = prefixOfElements(sheet.text)
    switch self {
    case .utf16:
      // A byte order mark of its own would be a second one.
      let text = sheet.text.drop { $0 == "\u{FEFF}" }.replacing(
        #/encoding="[^"]*"/#, with: "encoding=\"UTF-16\"", maxReplacements: 1)
      sheet.content = ([0xFEFF] + Array(text.utf16)).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    case .prefixed where prefix.isEmpty: sheet.text = givingPrefixes(sheet.text)
    case .withoutReferences: sheet.text = removingReferences(sheet.text, prefix)
    case .lyingDimension:
      let start = "<\(prefix)sheetData"
      sheet.text = sheet.text.replacing(
        start, with: "<\(prefix)dimension ref=\"A1:junk\"/>\(start)", maxReplacements: 1)
    case .cdata:
      // Only where no reference is: in a CDATA section it would be text.
      sheet.text = replacingValues(sheet.text, prefix) {
        $0.contains("&") ? "\($0)" : "<![CDATA[\($0)]]>"
      }
    case .comments:
      sheet.text = replacingValues(sheet.text, prefix) { "<!-- - -->\($0)<!---->" }
    case .instructions:
      sheet.text = sheet.text.replacing("<\(prefix)row", with: "<?nasty row?><\(prefix)row")
    case .doctype:
      let start = sheet.text.firstRange(of: "<\(prefix)worksheet")?.lowerBound
      sheet.text.insert(
        contentsOf: "<!DOCTYPE worksheet [<!ENTITY a \"b\">]>", at: start ?? sheet.text.startIndex)
    case .unclosedSheet:
      if let end = sheet.text.firstRange(of: "</\(prefix)worksheet>") {
        sheet.text = String(sheet.text[..<end.lowerBound])
      }
    case .cellBeyondGrid: add("<row><c r=\"XFE1\"><v>1</v></c></row>", to: &sheet, prefix)
    case .badSharedString:
      add("<row><c t=\"s\"><v>999999999</v></c></row>", to: &sheet, prefix)
    case .badNumber: add("<row><c><v>1.2.3</v></c></row>", to: &sheet, prefix)
    case .deepNesting:
      let depth = 1000
      add(
        String(repeating: "<row>", count: depth) + String(repeating: "</row>", count: depth),
        to: &sheet, prefix)
    case .manyAttributes:
      add("<row\((0..<5000).map { " a\($0)=\"1\"" }.joined())/>", to: &sheet, prefix)
    default: break
    }
  }

  /// Adds rows behind the others, their elements with the prefix of the sheet's.
  private func add(_ rows: String, to sheet: inout ArchivedPart, _ prefix: String) {
    let rows = rows.replacing(#/<(\/?)([a-z])/#) { "<\($0.1)\(prefix)\($0.2)" }
    let end = "</\(prefix)sheetData>"
    sheet.text = sheet.text
      .replacing("<\(prefix)sheetData/>", with: "<\(prefix)sheetData>\(end)")
      .replacing(end, with: rows + end, maxReplacements: 1)
  }
}

/// The prefix that the elements of a sheet have, with its colon; empty where they have none.
private func prefixOfElements(_ text: String) -> String {
  (text.firstMatch(of: #/<([A-Za-z_]+:)?worksheet[ >]/#)?.1).map { String($0) } ?? ""
}

private func makeTargetsAbsolute(_ parts: inout [ArchivedPart]) {
  for index in parts.indices where parts[index].name.hasSuffix("xl/_rels/workbook.xml.rels") {
    parts[index].text = parts[index].text
      .replacing("Target=\"/xl/", with: "Target=\"").replacing("Target=\"", with: "Target=\"/xl/")
  }
}

private func makeStrict(_ parts: inout [ArchivedPart]) {
  let pairs = [
    (
      "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
      "http://purl.oclc.org/ooxml/spreadsheetml/main"
    ),
    (
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
      "http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
  ]
  for index in parts.indices
  where parts[index].name.hasSuffix(".xml") || parts[index].name.hasSuffix(".rels") {
    for (transitional, strict) in pairs {
      parts[index].text = parts[index].text.replacing("\"\(transitional)", with: "\"\(strict)")
    }
  }
}

/// A part whose elements without a prefix have one.
private func givingPrefixes(_ text: String) -> String {
  var result = ""
  var rest = text[...]
  while let open = rest.firstIndex(of: "<") {
    result += rest[...open]
    rest = rest[rest.index(after: open)...]
    if rest.first == "/" {
      result += "/"
      rest = rest.dropFirst()
    }
    let name = rest.prefix { !" \t\r\n/>".contains($0) }
    if let first = name.first, first.isLetter, !name.contains(":") { result += "nasty:" }
    result += name
    rest = rest[name.endIndex...]
  }
  return (result + rest).replacing("xmlns=\"", with: "xmlns:nasty=\"", maxReplacements: 1)
}

/// A sheet whose rows and cells have no attribute `r`.
private func removingReferences(_ text: String, _ prefix: String) -> String {
  text.replacing(#/<([A-Za-z_]+:)?(row|c)((?: [A-Za-z:]+="[^"]*")*?) r="[A-Z0-9]*"/#) {
    "<\(prefix)\($0.2)\($0.3)"
  }
}

/// A sheet with other texts in its values.
private func replacingValues(
  _ text: String, _ prefix: String, _ change: (Substring) -> String
) -> String {
  let (open, close) = ("<\(prefix)v>", "</\(prefix)v>")
  var result = ""
  var rest = text[...]
  while let start = rest.firstRange(of: open) {
    result += rest[..<start.upperBound]
    rest = rest[start.upperBound...]
    guard let end = rest.firstRange(of: close) else { break }
    result += change(rest[..<end.lowerBound]) + close
    rest = rest[end.upperBound...]
  }
  return result + rest
}
