/// Scans shared strings as writers write them: `si` with a single `t`.
struct SharedStringsScanner: ContentScanner {
  static let element: StaticString = "sst"

  private var tags: TagScanner
  private var text: TextScanner

  init(prefixes: [[UInt8]], limits: WorkbookLimits) {
    tags = TagScanner(prefixes: prefixes, longestValue: limits.textBytes)
    text = TextScanner(longest: limits.textBytes)
  }

  static func isAtStart(_ reader: SharedStringsReader) -> Bool { reader.isAtStart }

  mutating func scan(
    _ window: Span<UInt8>, end: Int, from position: inout Int, into reader: SharedStringsReader
  ) throws(WorkbookError) -> ScanOutcome {
    while true {
      skipBlanks(window, &position)
      if hasPrefix(window, "</sst", position) { return .ended }
      let start = position
      guard try item(window, &position, reader) else {
        let outcome = ScanOutcome(stoppedAt: position, end: end)
        position = start
        return outcome
      }
    }
  }

  private mutating func item(
    _ window: Span<UInt8>, _ position: inout Int, _ reader: SharedStringsReader
  ) throws(WorkbookError) -> Bool {
    guard hasPrefix(window, "<si>", position) else { return false }
    position += 4
    skipBlanks(window, &position)
    guard hasPrefix(window, "<t", position) else { return false }
    position += 2
    guard case .tag(let isEmpty) = tags.attributes(window, &position) else { return false }
    var range = position..<position
    var hasReferences = false
    if !isEmpty {
      guard text.scan(window, &position) else { return false }
      (range, hasReferences) = (text.range, text.hasReferences)
      guard endTag(window, UInt8(ascii: "t"), &position) else { return false }
    }
    skipBlanks(window, &position)
    guard endTag(window, "</si", &position) else { return false }
    if hasReferences {
      guard let plain = replacingReferences(window.extracting(range)) else { return false }
      try append(plain.span, reader)
    } else {
      try append(window.extracting(range), reader)
    }
    return true
  }

  private func append(
    _ text: Span<UInt8>, _ reader: SharedStringsReader
  ) throws(WorkbookError) {
    let shown = text.shownRange(preservesSpace: tags.preservesSpace)
    let written = shown.count == text.count ? nil : WrittenText(bytes: text.bytes)
    try reader.append(text.extracting(shown), written: written)
  }
}
