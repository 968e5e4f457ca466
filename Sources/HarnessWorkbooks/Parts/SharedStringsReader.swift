/// The texts that cells share, in the order of their numbers.
///
/// Source: ECMA-376, part 1, section 18.4.
final class SharedStringsReader: PartReader {
  let root: StaticString = "sst"
  let namespaces = XMLNamespace.spreadsheet
  private(set) var strings = SharedStrings()
  private(set) var isAtStart = false
  private let limits: WorkbookLimits
  private var depth = 0
  private var text: RichText

  init(_ limits: WorkbookLimits) {
    self.limits = limits
    text = RichText(limits)
  }

  func startElement(_ element: XMLElement) throws(WorkbookError) {
    depth += 1
    isAtStart = depth == 1
    guard element.name == "si" else { return text.started(element) }
    // Readers differ on what texts one has that stands elsewhere, and on the numbers of all behind it.
    guard depth == 2 else {
      throw WorkbookError(
        .damagedPart,
        "an `si` stands in another element than `sst`, behind \(strings.count) shared strings")
    }
    text.clear()
  }

  func text(_ piece: borrowing Span<UInt8>) throws(WorkbookError) {
    isAtStart = false
    try text.add(piece)
  }

  func endElement(_ name: XMLName) throws(WorkbookError) {
    depth -= 1
    guard name == "si" else { return text.ended(name) }
    try append(text.bytes.span, runs: text.runs, written: text.written)
  }

  /// Takes in a text, its escapes not yet replaced.
  ///
  /// `written`: the text as the file has it, where it lost blanks.
  func append(
    _ text: Span<UInt8>, runs: [RunTable.Run] = [], written: WrittenText? = nil
  ) throws(WorkbookError) {
    guard strings.count < limits.strings else {
      throw WorkbookError(
        .limitExceeded, "there are more shared strings than the limit `strings`, \(limits.strings)")
    }
    let added = text.count + (written?.bytes.count ?? 0)
    guard strings.byteCount + added <= limits.stringBytes else {
      throw WorkbookError(
        .limitExceeded,
        "the shared strings have more bytes than the limit `stringBytes`, \(limits.stringBytes)")
    }
    try limits.checkRuns(strings.runs.count + runs.count)
    let whole = written?.plain
    guard text.mayHoldEscapes else { return strings.append(text, runs: runs, written: whole) }
    var runs = runs
    strings.append(unescaped(text, &runs).span, runs: runs, written: whole)
  }
}
