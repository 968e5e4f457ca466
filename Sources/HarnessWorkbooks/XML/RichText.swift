/// The text of a shared or inline string: its runs joined, its phonetic hints left out.
///
/// Blanks at the ends of a `t` without `xml:space="preserve"` are dropped, as Excel does; what `xml:space` an
/// element around it has does not count.
///
/// Source: ECMA-376, part 1, section 18.4.8 (`si`), 18.4.4 (`r`), 18.4.6 (`rPh`) and 18.4.12 (`t`).
struct RichText {
  private var collector: TextCollector
  private var isInText = false
  private var isPhonetic = false
  private var isInRun = false
  private var style: TextRun.Style = []
  /// The runs, with their ends in the text as it stands; none for a text without any.
  private(set) var runs: [RunTable.Run] = []
  /// The text with the blanks that were dropped; nil where none were.
  private(set) var written: WrittenText?
  private var textStart = 0
  private var preservesSpace = false

  init(_ limits: WorkbookLimits) { collector = TextCollector(limits) }

  /// The text as it stands, with its escapes.
  var bytes: [UInt8] { collector.bytes }
  var text: String { collector.text }

  mutating func clear() {
    collector.clear()
    runs.removeAll()
    written = nil
  }

  mutating func started(_ element: XMLElement) {
    switch element.name {
    case "t":
      isInText = true
      textStart = collector.bytes.count
      preservesSpace = element.preservesSpace
    case "rPh": isPhonetic = true
    case "r":
      isInRun = true
      style = []
    case "b" where isInRun: set(.bold, element)
    case "i" where isInRun: set(.italic, element)
    case "strike" where isInRun: set(.struck, element)
    case "u" where isInRun: if element.attribute("val") != "none" { style.insert(.underlined) }
    default: break
    }
  }

  private mutating func set(_ mark: TextRun.Style, _ element: XMLElement) {
    if element.boolean("val", default: true) { style.insert(mark) }
  }

  mutating func add(_ piece: borrowing Span<UInt8>) throws(WorkbookError) {
    guard isInText, !isPhonetic else { return }
    let dropped = written.map { $0.bytes.count - textStart } ?? 0
    try collector.add(piece, dropped: dropped)
  }

  private mutating func endText() {
    guard isInText else { return }
    isInText = false
    let whole = textStart..<collector.bytes.count
    let shown = preservesSpace ? whole : collector.trimmedRange(from: textStart)
    if written != nil {
      written?.bytes += collector.bytes[whole]
    } else if shown != whole {
      written = WrittenText(bytes: collector.bytes, runs: runs)
    }
    collector.keep(shown, from: textStart)
  }

  mutating func ended(_ name: XMLName) {
    switch name {
    case "t": endText()
    case "rPh": isPhonetic = false
    case "r":
      isInRun = false
      let end = collector.bytes.count
      // A run without text shows nothing.
      if end > runs.last?.end ?? 0 { runs.append(.init(end: end, style: style)) }
      written?.endRun()
    default: break
    }
  }
}

/// Replaces the escapes of a text run by run, and moves the ends of the runs along.
///
/// An escape lies within one run: what looks like one across two is text.
func unescaped(_ text: Span<UInt8>, _ runs: inout [RunTable.Run]) -> [UInt8] {
  guard !runs.isEmpty else { return Array(unescaped(text.bytes).utf8) }
  var plain: [UInt8] = []
  var start = 0
  for index in runs.indices {
    plain += unescaped(text.extracting(start..<runs[index].end).bytes).utf8
    start = runs[index].end
    runs[index].end = plain.count
  }
  return plain + Array(unescaped(text.extracting(start..<text.count).bytes).utf8)
}
