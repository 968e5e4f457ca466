import Foundation
import HarnessLint
import Testing

@Suite struct `This package` {
  /// The folder of `Package.swift`.
  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  @Test func `neither sleeps nor polls`() {
    let folders = ["Package.swift", "Sources", "Tests", "Examples", "Benchmarks"]
    let report = LintReport(of: folders.map { Self.root.appending(path: $0).path })
    #expect(report.count == 0 && report.problems.isEmpty, "\(report)")
    #expect(report.checked > 300)
  }
}
