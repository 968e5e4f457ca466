public import GoldenFiles
public import HarnessWorkbooks

/// Workbooks, compared by meaning: sheets, cells, formulas and merged ranges.
///
/// ```swift
/// try expectGolden(Workbook(bytes: export), as: .workbook, named: "export")
/// ```
///
/// The call is of the module `GoldenFiles`: import it beside `Fixtures`, or `TestHarness` for both.
///
/// Two files that Excel and this package wrote may be equal; a failure tells each cell that is not.
public struct WorkbookGolden: GoldenFormat {
  /// The extension of the files.
  public let fileExtension = "xlsx"

  private static let shownFindings = 50

  /// Makes the format.
  public init() {}

  /// The bytes of the workbook's file.
  public func write(_ value: Workbook) -> [UInt8] { value.bytes }

  /// The workbook of a file.
  ///
  /// - Throws: A `WorkbookError` when it cannot be read.
  public func read(_ bytes: [UInt8]) throws -> Workbook {
    try Workbook(bytes: bytes, name: "golden workbook")
  }

  /// Compares cell by cell.
  public func compare(
    _ actual: Workbook, with golden: Workbook?, rules: [GoldenRule]
  ) -> GoldenComparison<Workbook> {
    let violations = rules.map {
      GoldenFinding("the rule \($0) needs a place in JSON, and a workbook has cells")
    }
    guard let golden else {
      return GoldenComparison(differences: [], violations: violations, candidate: actual)
    }
    return GoldenComparison(
      differences: findings(actual, golden), violations: violations, candidate: actual)
  }

  private func findings(_ actual: Workbook, _ golden: Workbook) -> [GoldenFinding] {
    do {
      let difference = try WorkbookDifference(
        from: golden, to: actual, limit: Self.shownFindings)
      var findings = difference.findings.map { finding in
        GoldenFinding(
          "\(finding.place)\n  golden    \(finding.from ?? "nothing")\n  actual    \(finding.to ?? "nothing")"
        )
      }
      if difference.count > findings.count {
        findings.append(GoldenFinding("… and \(difference.count - findings.count) more"))
      }
      return findings
    } catch {
      return [GoldenFinding("a sheet cannot be read: \(error)")]
    }
  }
}

extension GoldenFormat where Self == WorkbookGolden {
  /// Workbooks, compared by meaning.
  public static var workbook: WorkbookGolden { WorkbookGolden() }
}
