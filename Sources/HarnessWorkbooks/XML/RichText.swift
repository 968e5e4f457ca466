/// The text of a shared or inline string: its runs joined, its phonetic hints left out.
///
/// Source: ECMA-376, part 1, section 18.4.8 (`si`) and 18.4.6 (`rPh`).
struct RichText {
  private var collector: TextCollector
  private var isInText = false
  private var isPhonetic = false

  init(_ limits: WorkbookLimits) { collector = TextCollector(limits) }

  /// The text as it stands, with its escapes.
  var bytes: [UInt8] { collector.bytes }
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
