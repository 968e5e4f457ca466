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

/// The text of a shared or inline string: its runs joined, its phonetic hints left out.
///
/// Source: ECMA-376, part 1, section 18.4.8 (`si`) and 18.4.6 (`rPh`).
struct RichText {
  private var collector: TextCollector
  private var isInText = false
  private var isPhonetic = false

  init(_ limits: WorkbookLimits) { collector = TextCollector(limits) }

  var text: String { collector.text }

  mutating func clear() { collector.clear() }

  mutating func started(_ name: XMLName) {
    switch name {
    case "t": isInText = true
    case "rPh": isPhonetic = true
    default: break
    }
  }

  mutating func add(_ piece: borrowing Span<UInt8>) throws(WorkbookError) {
    if isInText && !isPhonetic { try collector.add(piece) }
  }

  mutating func ended(_ name: XMLName) {
    switch name {
    case "t": isInText = false
    case "rPh": isPhonetic = false
    default: break
    }
  }
}
