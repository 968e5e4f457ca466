/// Looks for sleeps and poll loops in the bytes of a source.
///
/// It sees tokens and not types: what it takes for a clock that a test may sleep on is said by the source
/// itself, and everything else called `sleep` is a finding. Its time grows with the size of the source, its
/// memory with the number of names and allowances in it.
package enum SourceLint {
  /// What is objected to in a source.
  package struct Result: Sendable, Equatable {
    /// The first findings, in the order of the source.
    package var findings: [Finding] = []
    /// How many more there are.
    package var omitted = 0

    /// How many findings are kept.
    package static let limit = 100

    mutating func add(_ finding: Finding) {
      if findings.count < Self.limit { findings.append(finding) } else { omitted += 1 }
    }
  }

  /// What is objected to.
  ///
  /// - Throws: ``NestingError`` where the source is nested deeper than the compiler takes.
  package static func check(_ bytes: [UInt8]) throws(NestingError) -> Result {
    guard Triggers.arePresent(in: bytes) else { return Result() }
    let reading = try FirstReading(bytes)
    var (book, forbidden, faulty) = (reading.allowances, Result(), Result())
    try reading.forEachMatch { match in
      if !book.allows(match) { forbidden.add(Finding(match)) }
    }
    for finding in book.allowances.lazy.compactMap(Finding.init) { faulty.add(finding) }
    return forbidden.merged(with: faulty)
  }
}

extension SourceLint.Result {
  fileprivate func merged(with other: Self) -> Self {
    var merged = Self(omitted: omitted + other.omitted)
    let all = (findings + other.findings).sorted { ($0.line, $0.column) < ($1.line, $1.column) }
    for finding in all { merged.add(finding) }
    return merged
  }
}
