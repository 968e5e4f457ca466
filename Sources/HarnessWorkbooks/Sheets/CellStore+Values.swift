extension CellStore {
  /// The text of a cell as the file has it, with the blanks that its value lost.
  func written(_ stored: StoredCell, _ context: CellContext) -> String {
    switch stored.content {
    case .sharedString(let index): context.strings.written(index)
    case .text(let range): arena.string(written.place(for: range.lowerBound) ?? range)
    case .empty, .boolean, .shortNumber, .number, .error, .isoDate: text(stored, context)
    }
  }

  /// The text of a cell as its value has it.
  func text(_ stored: StoredCell, _ context: CellContext) -> String {
    switch stored.content {
    case .empty: ""
    case .sharedString(let index): context.strings[index]
    case .boolean(let boolean): boolean ? "1" : "0"
    case .shortNumber(let packed): digits(ofShortNumber: packed)
    case .number(let range), .text(let range), .error(let range), .isoDate(let range):
      arena.string(range)
    }
  }

  /// The number of a cell that holds one, whatever its format makes of it.
  func number(_ stored: StoredCell) -> Double? {
    switch stored.content {
    case .shortNumber(let packed): double(ofShortNumber: packed)
    case .number(let range): arena.withText(range) { double(ofNumber: $0) }
    case .empty, .sharedString, .boolean, .text, .error, .isoDate: nil
    }
  }

  /// The value of a cell under its number format.
  func value(_ stored: StoredCell, _ context: CellContext) -> CellValue {
    switch stored.content {
    case .empty: return .empty
    case .sharedString, .text: return .text(text(stored, context))
    case .boolean(let boolean): return .boolean(boolean)
    case .error: return .error(CellError(text(stored, context)))
    case .isoDate(let range):
      return arena.withText(range) { ISODate.value(of: $0) } ?? .text(text(stored, context))
    case .number, .shortNumber:
      return context.value(ofNumber: number(stored) ?? .nan, style: stored.style)
    }
  }

  /// The runs of a cell's rich text; none for any other cell.
  func runs(_ stored: StoredCell, _ context: CellContext) -> [TextRun] {
    switch stored.content {
    case .sharedString(let index): context.strings.runs(index)
    case .text(let range): runs.runs(range, in: arena)
    case .empty, .number, .shortNumber, .boolean, .error, .isoDate: []
    }
  }
}

extension CellContext {
  /// In days: as milliseconds, more would not be exact.
  static let longestDuration = 1e8

  /// Whether a number is under a format of dates or durations and stands for none.
  func isOutOfRange(_ number: Double, style: UInt16) -> Bool {
    guard case .number = value(ofNumber: number, style: style) else { return false }
    return format(style).reading(of: number).meaning != .number
  }

  /// What a number is under the format of a style.
  fileprivate func value(ofNumber number: Double, style: UInt16) -> CellValue {
    let (meaning, showsDay) = format(style).reading(of: number)
    switch meaning {
    case .number: return .number(number)
    case .date:
      return epoch.value(ofSerial: number, showsDay: showsDay) ?? .number(number)
    case .duration:
      guard abs(number) < Self.longestDuration else { return .number(number) }
      return .duration(.milliseconds(Int((number * 86_400_000).rounded())))
    }
  }
}
