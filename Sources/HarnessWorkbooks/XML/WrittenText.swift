/// A text as the file has it, where the text that is shown lacks some of its blanks.
struct WrittenText {
  /// The text with all its blanks; its escapes not yet replaced.
  var bytes: [UInt8]
  /// The runs of a rich text, with their ends in this text.
  var runs: [RunTable.Run] = []

  /// Ends a run, in which an escape must end.
  mutating func endRun() {
    if bytes.count > runs.last?.end ?? 0 { runs.append(.init(end: bytes.count, style: [])) }
  }

  /// The text with its escapes replaced.
  var plain: [UInt8] {
    var runs = runs
    return unescaped(bytes.span, &runs)
  }
}
