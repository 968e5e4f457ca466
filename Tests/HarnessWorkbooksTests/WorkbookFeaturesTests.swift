import Foundation
import Testing

/// The page that says which test shows what is read of a workbook, held against the tests there are.
@Suite struct `The page of features` {
  private struct Row {
    var feature: String
    var claim: String
    var tests: [String]
  }

  private static func rows() throws -> [Row] {
    let page = TestFile.path("../Documentation/workbook-features.md")
    let lines = try String(contentsOfFile: page, encoding: .utf8).split(separator: "\n")
    return lines.filter { $0.hasPrefix("| ") }.dropFirst().map { line in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      let citations = cells.last?.matches(of: /`([^`]+)`: `([^`]+)`/) ?? []
      return Row(
        feature: cells.first ?? "", claim: cells.dropFirst().first ?? "",
        tests: citations.map { "\($0.1): \($0.2)" })
    }
  }

  /// The tests of this target, each as `suite: test`.
  private static func tests() throws -> Set<String> {
    let folder = TestFile.path("../Tests/HarnessWorkbooksTests")
    var tests: Set<String> = []
    for file in try FileManager.default.contentsOfDirectory(atPath: folder)
    where file.hasSuffix(".swift") {
      let source = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
      var suite = ""
      // A test belongs to the suite that was begun last.
      for match in source.matches(of: /(@Suite struct|\n *(?:@Test )?func) `([^`\n]+)`/) {
        if match.1.hasPrefix("@Suite") {
          suite = "\(match.2)"
        } else {
          tests.insert("\(suite): \(match.2)")
        }
      }
    }
    return tests
  }

  @Test func `cites tests that there are`() throws {
    let tests = try Self.tests()
    #expect(tests.contains("The page of features: cites tests that there are"))
    for row in try Self.rows() {
      let missing = row.tests.filter { !tests.contains($0) }
      #expect(missing == [], "the page cites tests that are gone, for \(row.feature)")
    }
  }

  @Test func `cites a test for every feature`() throws {
    let rows = try Self.rows()
    #expect(rows.count == 52)
    for row in rows {
      #expect(!row.feature.isEmpty)
      #expect(!row.claim.isEmpty, "\(row.feature)")
      #expect(!row.tests.isEmpty, "\(row.feature) cites no test")
    }
    #expect(Set(rows.map(\.feature)).count == rows.count)
  }
}
