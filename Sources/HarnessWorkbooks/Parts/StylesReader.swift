/// The number format of each cell style.
///
/// Source: ECMA-376, part 1, section 18.8.
final class StylesReader: PartReader {
  let root: StaticString = "styleSheet"
  let namespaces = XMLNamespace.spreadsheet

  private var codes: [Int: String] = [:]
  private var formatIDs: [Int] = []
  // Differential formats hold `numFmt` too, and named styles `xf`: only these two lists are meant.
  private enum List { case formats, cellStyles }
  private var list: List?

  /// The formats by the number of the style; complete when the part has been read.
  var formats: [NumberFormat] {
    formatIDs.map { id in
      codes[id].map { NumberFormat(code: $0) } ?? NumberFormat(builtIn: id)
    }
  }

  func startElement(_ element: XMLElement) {
    switch element.name {
    case "numFmts": list = .formats
    case "cellXfs": list = .cellStyles
    case "numFmt" where list == .formats:
      if let id = element.integer("numFmtId"), let code = element.attribute("formatCode") {
        codes[id] = unescaped(Array(code.utf8))
      }
    case "xf" where list == .cellStyles: formatIDs.append(element.integer("numFmtId") ?? 0)
    default: break
    }
  }

  func endElement(_ name: XMLName) {
    if name == "numFmts" || name == "cellXfs" { list = nil }
  }
}
