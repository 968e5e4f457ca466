/// Scans the rows of a sheet as writers write them: `row`, `c`, `v`, `f`, and `is` with a single `t`.
struct SheetDataScanner: ContentScanner {
  static let element: StaticString = "sheetData"

  private var tags: TagScanner
  private var text: TextScanner
  private var isInRow = false
  private var content = Pieces()

  /// The texts of the cell that is scanned.
  private struct Pieces {
    var value: Range<Int>?
    var formula: Range<Int>?
    var inline: Range<Int>?
    var group: Range<Int>?
    /// Whether the inline string keeps the blanks around it.
    var preservesSpace = false
    var hasReferences = false
  }

  private enum Step {
    case done
    case stop
  }

  init(prefixes: [[UInt8]], limits: WorkbookLimits) {
    tags = TagScanner(prefixes: prefixes, longestValue: limits.textBytes)
    text = TextScanner(longest: limits.textBytes)
  }

  static func isAtStart(_ reader: WorksheetReader) -> Bool { reader.isAtStartOfData }

  mutating func scan(
    _ window: Span<UInt8>, end: Int, from position: inout Int, into reader: WorksheetReader
  ) throws(WorkbookError) -> ScanOutcome {
    try scan(window, end: end, from: &position, into: &reader.assembler)
  }

  private mutating func scan(
    _ window: Span<UInt8>, end: Int, from position: inout Int, into assembler: inout CellAssembler
  ) throws(WorkbookError) -> ScanOutcome {
    while true {
      skipBlanks(window, &position)
      let start = position
      let step: Step
      if window[position] != UInt8(ascii: "<") {
        step = .stop
      } else if isInRow {
        step =
          window[position + 1] == UInt8(ascii: "c")
          ? try cell(window, &position, &assembler) : endOfRow(window, &position)
      } else if window[position + 1] == UInt8(ascii: "r") {
        step = try row(window, &position, &assembler)
      } else if hasPrefix(window, "</sheetData", position) {
        return .ended
      } else {
        step = .stop
      }
      if case .stop = step {
        let outcome = ScanOutcome(stoppedAt: position, end: end)
        position = start
        return outcome
      }
    }
  }

  private mutating func row(
    _ window: Span<UInt8>, _ position: inout Int, _ assembler: inout CellAssembler
  ) throws(WorkbookError) -> Step {
    guard hasPrefix(window, "<row", position) else { return .stop }
    position += 4
    guard case .tag(let isEmpty) = tags.attributes(window, &position) else { return .stop }
    if let number = tags.reference {
      try assembler.startRow(window.extracting(number))
    } else {
      try assembler.startRow(nil)
    }
    isInRow = !isEmpty
    return .done
  }

  private mutating func endOfRow(_ window: Span<UInt8>, _ position: inout Int) -> Step {
    guard hasPrefix(window, "</row", position) else { return .stop }
    position += 5
    skipBlanks(window, &position)
    guard window[position] == UInt8(ascii: ">") else { return .stop }
    position += 1
    isInRow = false
    return .done
  }

  private mutating func cell(
    _ window: Span<UInt8>, _ position: inout Int, _ assembler: inout CellAssembler
  ) throws(WorkbookError) -> Step {
    position += 2
    guard case .tag(let isEmpty) = tags.attributes(window, &position) else { return .stop }
    let reference = tags.reference
    let style = tags.style
    let type = tags.type
    content = Pieces()
    if !isEmpty {
      while true {
        skipBlanks(window, &position)
        guard window[position] == UInt8(ascii: "<") else { return .stop }
        if window[position + 1] == UInt8(ascii: "/") { break }
        guard child(window, &position) else { return .stop }
      }
      guard endTag(window, UInt8(ascii: "c"), &position) else { return .stop }
    }
    let valueType = type.map { CellAssembler.ValueType(window.extracting($0)) } ?? .number
    if let reference {
      try assembler.startCell(reference: window.extracting(reference), type: valueType)
    } else {
      try assembler.startCell(reference: nil, type: valueType)
    }
    if let style { assembler.setStyle(window.extracting(style)) }
    return try finish(window, &assembler) ? .done : .stop
  }

  /// Reads `v`, `f` or `is`, each of which a cell has at most once.
  private mutating func child(_ window: Span<UInt8>, _ position: inout Int) -> Bool {
    switch window[position + 1] {
    case UInt8(ascii: "v"):
      guard content.value == nil else { return false }
      position += 2
      guard let range = element(window, &position, end: UInt8(ascii: "v")) else { return false }
      content.value = range
    case UInt8(ascii: "f"):
      guard content.formula == nil else { return false }
      position += 2
      guard let range = element(window, &position, end: UInt8(ascii: "f"), isFormula: true) else {
        return false
      }
      content.formula = range
    case UInt8(ascii: "i"):
      guard content.inline == nil, hasPrefix(window, "<is>", position) else { return false }
      position += 4
      skipBlanks(window, &position)
      guard hasPrefix(window, "<t", position) else { return false }
      position += 2
      let hasAttributes = window[position] != UInt8(ascii: ">")
      guard let range = element(window, &position, end: UInt8(ascii: "t")) else { return false }
      content.preservesSpace = hasAttributes && tags.preservesSpace
      skipBlanks(window, &position)
      guard endTag(window, "</is", &position) else { return false }
      content.inline = range
    default: return false
    }
    return true
  }

  /// Reads an element that holds text alone, from behind its name.
  private mutating func element(
    _ window: Span<UInt8>, _ position: inout Int, end: UInt8, isFormula: Bool = false
  ) -> Range<Int>? {
    if window[position] == UInt8(ascii: ">") {
      position += 1
    } else {
      guard case .tag(let isEmpty) = tags.attributes(window, &position) else { return nil }
      if isFormula, let type = tags.type, window.extracting(type).isEqual(to: "shared") {
        content.group = tags.sharedIndex
      }
      if isEmpty { return position..<position }
    }
    guard text.scan(window, &position) else { return nil }
    let range = text.range
    content.hasReferences = content.hasReferences || text.hasReferences
    return endTag(window, end, &position) ? range : nil
  }

  private func finish(
    _ window: Span<UInt8>, _ assembler: inout CellAssembler
  ) throws(WorkbookError) -> Bool {
    let group = content.group.flatMap { wholeNumber(window.extracting($0)) }
    let has = CellAssembler.Presence(
      value: content.value != nil, inline: content.inline != nil, formula: content.formula != nil)
    guard content.hasReferences else {
      try end(
        value: window.extracting(content.value ?? 0..<0),
        inline: window.extracting(content.inline ?? 0..<0),
        formula: window.extracting(content.formula ?? 0..<0), has, group, &assembler)
      return true
    }
    guard let value = replacingReferences(window.extracting(content.value ?? 0..<0)),
      let inline = replacingReferences(window.extracting(content.inline ?? 0..<0)),
      let formula = replacingReferences(window.extracting(content.formula ?? 0..<0))
    else { return false }
    try end(
      value: value.span, inline: inline.span, formula: formula.span, has, group, &assembler)
    return true
  }

  @inline(__always)
  private func end(
    value: Span<UInt8>, inline: Span<UInt8>, formula: Span<UInt8>,
    _ has: CellAssembler.Presence, _ group: Int?, _ assembler: inout CellAssembler
  ) throws(WorkbookError) {
    let shown = inline.shownRange(preservesSpace: content.preservesSpace)
    let written = shown.count == inline.count ? nil : WrittenText(bytes: inline.bytes)
    try assembler.endCell(
      value: value, inline: inline.extracting(shown), formula: formula, has: has, group: group,
      written: written)
  }
}

/// Whether the bytes at a position are these.
func hasPrefix(_ window: Span<UInt8>, _ text: StaticString, _ position: Int) -> Bool {
  for index in 0..<text.utf8CodeUnitCount
  where unsafe window[position + index] != text.utf8Start[index] {
    return false
  }
  return true
}

/// Reads the end tag of a name of one letter, and moves the position behind it.
@inline(__always)
func endTag(_ window: Span<UInt8>, _ name: UInt8, _ position: inout Int) -> Bool {
  guard window[position] == UInt8(ascii: "<"), window[position + 1] == UInt8(ascii: "/"),
    window[position + 2] == name
  else { return false }
  position += 3
  skipBlanks(window, &position)
  guard window[position] == UInt8(ascii: ">") else { return false }
  position += 1
  return true
}

/// Reads an end tag, and moves the position behind it.
func endTag(_ window: Span<UInt8>, _ name: StaticString, _ position: inout Int) -> Bool {
  guard hasPrefix(window, name, position) else { return false }
  position += name.utf8CodeUnitCount
  skipBlanks(window, &position)
  guard window[position] == UInt8(ascii: ">") else { return false }
  position += 1
  return true
}
