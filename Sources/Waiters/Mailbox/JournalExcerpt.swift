/// The end of a journal as failures and their evidence show it.
struct JournalExcerpt: Sendable {
  struct Line: Sendable {
    let entry: Journal.Entry
    /// Why a wait did not end with it, where that is known.
    let remark: String?

    func text(cutAt length: Int) -> String {
      let remark = remark.map { "  (\($0))" } ?? ""
      return "#\(entry.number)  \(entry.event.shown(cutAt: length))\(remark)"
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
    return (before > 0 ? ["… \(before) before these"] : []) + shown.map { $0.text(cutAt: 120) }
  }

  /// The text of the evidence, where there is more than a failure shows.
  var evidence: String? {
    let isCut = newest.contains { $0.text(cutAt: 120) != $0.text(cutAt: 4_000) }
    guard count > Self.shown || isCut else { return nil }
    let before = count - newest.count
    let lines =
      (before > 0 ? ["… \(before) before these"] : []) + newest.map { $0.text(cutAt: 4_000) }
    return lines.joined(separator: "\n") + "\n"
  }
}
