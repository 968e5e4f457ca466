/// A value beside the bytes of its golden file: what differs, whatever the file has been through.
///
/// It only decides; reading and writing files is its caller's.
package struct GoldenReview {
  /// Where the two differ, or why the file cannot be read.
  package let differences: [GoldenFinding]
  /// Where the value breaks a rule.
  package let violations: [GoldenFinding]
  /// What belongs into the file.
  package let candidate: [UInt8]

  /// Compares a value with the bytes of its file, which are nil where there is none.
  ///
  /// - Throws: What writing the value throws.
  package init<Format: GoldenFormat>(
    of value: Format.Value, as format: Format, stored: [UInt8]?, rules: [GoldenRule]
  ) throws {
    var golden: Format.Value?
    var unreadable: [GoldenFinding] = []
    do {
      golden = try stored.map(format.read)
    } catch {
      // A parser's word for nothing at all would say less.
      let reason = stored == [] ? "it is empty" : "\(error)"
      unreadable = [GoldenFinding("the golden file cannot be read: \(reason)")]
    }
    let comparison = format.compare(value, with: golden, rules: rules)
    var differences = unreadable + comparison.differences
    if !differences.isEmpty, let line = stored.flatMap(ConflictMarks.line) {
      differences.insert(
        GoldenFinding(
          """
          the golden file has the marks of a merge conflict, from line \(line) on
            try  resolve it, or accept the candidate
          """), at: 0)
    }
    self.differences = differences
    violations = comparison.violations
    candidate = try format.write(comparison.candidate)
  }
}
