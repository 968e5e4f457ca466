/// The end of a journal as failures and their evidence show it.
struct JournalExcerpt: Sendable {
  struct Line: Sendable {
    let entry: Journal.Entry
    /// Why a wait did not end with it, where that is known.
    let remark: String?

    /// The line of a failure.
    var text: String { text(entry.event.inWords, isWhole: false) }

    /// The line of a failure, and that of the evidence.
    var texts: (failure: String, evidence: String) {
      let words = entry.event.inWords
      return (text(words, isWhole: false), text(words, isWhole: true))
    }

    private func text(_ words: ShownText, isWhole: Bool) -> String {
      // A remark is a matcher's, and so a user's: it may have any length and any lines.
      let remark = remark.map { "  (\(ShownText($0[...]).cut(at: isWhole ? 4_000 : 240)))" } ?? ""
      return "#\(entry.number)  \(words.cut(at: isWhole ? 4_000 : 120))\(remark)"
    }
  }

  /// The newest entries, in order.
  let newest: [Line]
  /// How many there ever were.
  let count: Int

  /// How many entries a failure shows; the evidence has all that the journal keeps.
  static var shown: Int { 10 }

  /// The lines of a failure.
  var lines: [String] {
    let shown = newest.suffix(Self.shown)
    let before = count - shown.count
    return (before > 0 ? ["… \(before) before these"] : []) + shown.map(\.text)
  }

  /// The text of the evidence, where there is more than a failure shows.
  var evidence: String? {
    let texts = newest.map(\.texts)
    guard count > Self.shown || texts.contains(where: { $0.failure != $0.evidence }) else {
      return nil
    }
    let before = count - newest.count
    let lines = (before > 0 ? ["… \(before) before these"] : []) + texts.map(\.evidence)
    return lines.joined(separator: "\n") + "\n"
  }
}
