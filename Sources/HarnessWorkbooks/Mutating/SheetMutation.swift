/// A sheet in one of the forms that change sheets.
///
/// Each function gives the sheet in UTF-8, or nil where it has nothing that the form could change.
struct SheetMutation {
  let sheet: SheetMarkup
  /// The range that the sheet uses, in A1 notation; empty for an empty sheet.
  let usedRange: String

  private var markup: Markup { sheet.markup }
  private var prefix: String { sheet.prefix }

  /// Every element in a namespace with a prefix.
  func withPrefixes() -> [UInt8]? {
    // One that the sheet has not.
    var given = "nasty"
    while markup.bytes.place(of: Array("\(given):".utf8), from: 0) != nil
      || markup.bytes.place(of: Array("xmlns:\(given)".utf8), from: 0) != nil
    {
      given += "y"
    }
    var hasDefault: [Bool] = []
    return markup.rewritten { _, piece in
      switch piece.kind {
      case .text, .section, .comment, .instruction: return nil
      case .endTag: return hasDefault.popLast() == true ? prefixed(piece, given) : nil
      case .startTag, .emptyTag:
        let declared = markup.attributes(piece).first { $0.name == "xmlns" }
        let inherited = hasDefault.last ?? false
        let isDeclared = declared.map { !$0.value.isEmpty } ?? inherited
        if piece.kind == .startTag { hasDefault.append(isDeclared) }
        return isDeclared ? prefixed(piece, given, declared) : nil
      }
    }
  }

  /// A tag whose element is in the default namespace, which has a prefix now.
  private func prefixed(
    _ tag: Markup.Piece, _ given: String, _ declared: Markup.Attribute? = nil
  ) -> [UInt8] {
    let name = markup.nameRange(tag)
    var result = Array(markup.bytes[tag.range.lowerBound..<name.lowerBound])
    if !markup.bytes[name].contains(UInt8(ascii: ":")) { result += "\(given):".utf8 }
    guard let declared else {
      return result + markup.bytes[name.lowerBound..<tag.range.upperBound]
    }
    result += markup.bytes[name.lowerBound..<declared.whole.lowerBound]
    result += markup.bytes[declared.whole].prefix { isBlankOfXML($0) }
    result += "xmlns:\(given)=".utf8
    // With its quotes.
    result += markup.bytes[declared.value.lowerBound - 1...declared.value.upperBound]
    return result + markup.bytes[declared.whole.upperBound..<tag.range.upperBound]
  }

  /// Rows and cells without their references.
  func withoutReferences() -> [UInt8]? {
    markup.rewritten { index, piece in
      guard piece.isOpening, [.row, .cell].contains(sheet.roles[index]),
        let reference = markup.attributes(piece).first(where: { $0.name == "r" })?.whole
      else { return nil }
      return Array(
        markup.bytes[piece.range.lowerBound..<reference.lowerBound]
          + markup.bytes[reference.upperBound..<piece.range.upperBound])
    }
  }

  /// With a dimension that is not the range of the cells.
  func withLyingDimension(_ draw: inout MutationDraw) -> [UInt8]? {
    let place = sheet.first(.dimension) { $0.isOpening }
    let claimed = place.flatMap { place in
      markup.attributes(markup.pieces[place]).first { $0.name == "ref" }
    }
    let lies = ["A1:XFD1048576", "XFD1048576", "A1:junk"].filter {
      $0 != usedRange && $0 != claimed.map { markup.text($0.value) }
    }
    let lie = lies[draw.number(below: lies.count)]
    if let claimed, let place {
      return markup.rewritten { index, piece in
        index == place
          ? markup.replacingValues(piece) { $0.name == claimed.name ? lie : nil } : nil
      }
    }
    return inserting("<\(prefix)dimension ref=\"\(lie)\"/>", after: .properties)
  }

  /// With the texts of values in CDATA sections.
  func withSections() -> [UInt8]? {
    changingValues { text in
      guard let meant = xmlUnescaped(text), meant.utf8.contains(where: { $0 != 0x0D }) else {
        return nil
      }
      let (open, close) = (Array("<![CDATA[".utf8), Array("]]>".utf8))
      var result = open
      var brackets = 0
      for byte in meant.utf8 {
        // The end of a section cannot stand in one, and a carriage return would become a line feed.
        if byte == UInt8(ascii: ">"), brackets > 1 { result += close + open }
        result += byte == 0x0D ? close + Array("&#13;".utf8) + open : [byte]
        brackets = byte == UInt8(ascii: "]") ? brackets + 1 : 0
      }
      return result + close
    }
  }

  /// With comments before and within values.
  func withComments(_ draw: inout MutationDraw) -> [UInt8]? {
    changingValues { text in
      var places: [Int] = []
      var isInReference = false
      for (offset, byte) in text.enumerated() {
        // Not within a reference or a character of several bytes.
        if !isInReference, offset > 0, byte & 0xC0 != 0x80 { places.append(offset) }
        if byte == UInt8(ascii: "&") { isInReference = true }
        if byte == UInt8(ascii: ";") { isInReference = false }
      }
      let middle = places.isEmpty ? text.count : places[draw.number(below: places.count)]
      return Array("<!-- - -->".utf8) + text.prefix(middle) + Array("<!---->".utf8)
        + text.dropFirst(middle)
    }
  }

  private func changingValues(_ change: (ArraySlice<UInt8>) -> [UInt8]?) -> [UInt8]? {
    markup.rewritten { index, piece in
      guard piece.kind == .text, sheet.roles[index] == .value else { return nil }
      return change(markup.bytes[piece.range])
    }
  }

  /// With a processing instruction before each row.
  func withInstructions() -> [UInt8]? {
    markup.rewritten { index, piece in
      guard piece.isOpening, sheet.roles[index] == .row else { return nil }
      return Array("<?nasty row?>".utf8) + markup.bytes[piece.range]
    }
  }

  /// With a document type declaration before the first element.
  func withDocumentType() -> [UInt8]? {
    let root = sheet.first(.sheet) { $0.isOpening }
    return markup.rewritten { index, piece in
      guard index == root else { return nil }
      let declaration = "<!DOCTYPE \(markup.name(piece)) [<!ENTITY a \"b\">]>"
      return Array(declaration.utf8) + markup.bytes[piece.range]
    }
  }

  /// Cut off within its data, between two pieces.
  func unclosed(_ draw: inout MutationDraw) -> [UInt8]? {
    guard let start = sheet.first(.data, where: { $0.kind == .startTag }),
      let end = sheet.first(.data, where: { $0.kind == .endTag })
    else {
      // Nothing stands in the data, or there are none.
      let tag = "<\(prefix)sheetData>"
      guard let whole = addingToData(""), let place = whole.place(of: Array(tag.utf8), from: 0)
      else { return nil }
      return Array(whole[..<(place + tag.utf8.count)])
    }
    let cut = start + 1 + draw.number(below: end - start)
    return Array(markup.bytes[..<markup.pieces[cut].range.lowerBound])
  }

  /// With more rows behind the others, written without prefixes.
  func adding(rows: String) -> [UInt8]? {
    // Neither texts nor values of attributes have such signs.
    let rows = rows.replacing("</", with: "\u{0}").replacing("<", with: "<\(prefix)")
      .replacing("\u{0}", with: "</\(prefix)")
    return addingToData(rows)
  }

  private func addingToData(_ content: String) -> [UInt8]? {
    let whole = "<\(prefix)sheetData>\(content)</\(prefix)sheetData>"
    if let end = sheet.first(.data, where: { $0.kind == .endTag }) {
      return markup.rewritten { index, piece in
        index == end ? Array(content.utf8) + markup.bytes[piece.range] : nil
      }
    }
    guard let data = sheet.first(.data, where: { $0.kind == .emptyTag }) else {
      return inserting(whole, after: nil)
    }
    return markup.rewritten { index, piece in index == data ? Array(whole.utf8) : nil }
  }

  /// With an element of the sheet behind another one, or at its beginning where that one is not there; at its end for nil.
  private func inserting(_ element: String, after role: SheetMarkup.Role?) -> [UInt8]? {
    let element = Array(element.utf8)
    if let root = sheet.first(.sheet, where: { $0.kind == .emptyTag }) {
      return markup.rewritten { index, piece in
        guard index == root else { return nil }
        let open = Array(markup.bytes[piece.range].dropLast("/>".utf8.count))
        return open + Array(">".utf8) + element + Array("</\(markup.name(piece))>".utf8)
      }
    }
    let end = sheet.first(.sheet) { $0.kind == .endTag }
    guard let role else {
      return markup.rewritten { $0 == end ? element + markup.bytes[$1.range] : nil }
    }
    let before =
      sheet.first(role) { $0.kind == .endTag || $0.kind == .emptyTag }
      ?? sheet.first(.sheet) { $0.kind == .startTag }
    return markup.rewritten { $0 == before ? markup.bytes[$1.range] + element : nil }
  }
}
