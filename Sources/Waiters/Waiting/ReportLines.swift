/// The lines of a failure: the verdict, then rows with a label in a column of their own.
struct ReportLines {
  private var lines: [String] = []

  init() {}

  /// Goes on with a text that has rows already.
  init(_ text: String) {
    lines = [text]
  }

  /// Adds the first line.
  mutating func add(_ headline: String) { lines.append(headline) }

  /// Adds a row.
  mutating func add(_ label: String, _ text: String) { add(label, [text]) }

  /// Adds a row of several lines, the first of them beside the label; none adds nothing.
  mutating func add(_ label: String, _ text: [String]) {
    for (index, line) in text.enumerated() {
      let label = index == 0 ? label : ""
      lines.append("  \(label)\(String(repeating: " ", count: max(0, 10 - label.count)))\(line)")
    }
  }

  var text: String { lines.joined(separator: "\n") }
}
