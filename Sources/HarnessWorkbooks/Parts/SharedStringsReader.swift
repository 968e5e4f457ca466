/// The texts that cells share, in the order of their numbers.
///
/// Source: ECMA-376, part 1, section 18.4.
final class SharedStringsReader: PartReader {
  let root: StaticString = "sst"
  let namespaces = XMLNamespace.spreadsheet
  private(set) var strings: [String] = []
  private let limits: WorkbookLimits
  private var text: RichText

  init(_ limits: WorkbookLimits) {
    self.limits = limits
    text = RichText(limits)
  }

  func startElement(_ element: XMLElement) throws(WorkbookError) {
    if element.name == "si" { text.clear() } else { text.started(element.name) }
  }

  func text(_ piece: borrowing Span<UInt8>) throws(WorkbookError) { try text.add(piece) }

  func endElement(_ name: XMLName) throws(WorkbookError) {
    guard name == "si" else { return text.ended(name) }
    guard strings.count < limits.strings else {
      throw WorkbookError(
        .limitExceeded, "there are more shared strings than the limit `strings`, \(limits.strings)")
    }
    strings.append(text.text)
  }
}
