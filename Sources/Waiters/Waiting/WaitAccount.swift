/// What a channel tells in the report of a failed wait.
struct WaitAccount: Sendable {
  /// Lines under a label, such as `sent`; the first line stands beside the label.
  struct Section: Sendable {
    let label: String
    let lines: [String]
  }

  /// What happened instead of what was waited for, in a few words: `nothing was sent`.
  var finding: String
  var sections: [Section]
  /// What the reader may try.
  var advice: String
  /// All the journal, where the sections show only the end of it.
  var journal: String?
}
