/// The number format of each cell style.
///
/// Source: ECMA-376, part 1, section 18.8.
final class StylesReader: PartReader {
  let root: StaticString = "styleSheet"
  let namespaces = XMLNamespace.spreadsheet

  private let limits: WorkbookLimits
  // Each code is read once, however many styles use it.
  private var custom: [Int: NumberFormat] = [:]
  private var formatIDs: [Int] = []
  // Differential formats hold `numFmt` too, and named styles `xf`: only these two lists are meant.
  private enum List { case formats, cellStyles }
  private var list: List?

  init(_ limits: WorkbookLimits) { self.limits = limits }

  /// The formats by the number of the style; complete when the part has been read.
  var formats: [NumberFormat] {
    formatIDs.map { id in custom[id] ?? NumberFormat(builtIn: id) }
  }

  func startElement(_ element: XMLElement) throws(WorkbookError) {
    switch element.name {
    case "numFmts": list = .formats
    case "cellXfs": list = .cellStyles
    case "numFmt" where list == .formats:
      if let id = element.integer("numFmtId"), let code = element.attribute("formatCode") {
        try limits.checkList(custom.count, of: "number formats")
        custom[id] = NumberFormat(code: unescaped(Array(code.utf8)))
      }
    case "xf" where list == .cellStyles:
      try limits.checkList(formatIDs.count, of: "cell styles")
      // Cells keep the number of their style in 16 bits, and Excel allows fewer.
      guard formatIDs.count <= Int(UInt16.max) else {
        throw WorkbookError(.limitExceeded, "there are more than 65,536 cell styles")
      }
      formatIDs.append(element.integer("numFmtId") ?? 0)
    default: break
    }
  }

  func endElement(_ name: XMLName) {
    if name == "numFmts" || name == "cellXfs" { list = nil }
  }
}
