import Foundation
import GoldenFiles
import ProblemJSON
import Testing

/// Documents as services write them: those in `testdata/problems`, and those in the folder that
/// `PROBLEM_CORPUS` names, if any.
@Suite struct `The corpus of problem documents` {
  /// The folder with documents that cannot be copied here; nil where the variable is not set, or empty.
  static let elsewhere = ProcessInfo.processInfo.environment["PROBLEM_CORPUS"].flatMap {
    $0.isEmpty ? nil : URL(fileURLWithPath: $0)
  }

  static let documents: [URL] = {
    let testdata = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../testdata/problems").standardizedFileURL
    return [testdata, elsewhere].compactMap(\.self).flatMap { folder in
      FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?
        .compactMap { $0 as? URL } ?? []
    }.filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }
  }()

  @Test func `is there`() {
    #expect(Self.documents.count >= 10)
  }

  @Test(arguments: documents) func `is read without alarms`(_ file: URL) throws {
    let verdict = try verdict(of: file)
    #expect(verdict.problem != nil)
    let alarms = verdict.findings.filter {
      [.noTraces, .noInternals].contains($0.rule) && $0.strength > .advice
    }
    #expect(alarms.map(\.description) == [])
  }

  @Test func `is told the same of as before`() throws {
    let files = Self.documents.filter { $0.path.contains("/testdata/problems/") }
    let lines = try files.flatMap { file in
      [file.pathComponents.suffix(2).joined(separator: "/")]
        + (try verdict(of: file)).findings.flatMap { finding in
          finding.description.split(separator: "\n").map { "  \($0)" }
        }
    }
    try expectGolden(lines.joined(separator: "\n") + "\n", named: "corpus")
  }

  /// The documents that cannot be copied here; the table of what was found in them can.
  @Test(.enabled(if: elsewhere != nil))
  func `that is kept elsewhere is told the same of as before`() throws {
    let files = Self.documents.filter { !$0.path.contains("/testdata/problems/") }
    let lines = try files.flatMap { file in
      let verdict = try verdict(of: file)
      let errors = verdict.problem?.validationErrors ?? []
      return ["\(file.lastPathComponent)  \(verdict.problem?.type ?? "no problem")"]
        + errors.map { error in
          "  error  \(error.pointer?.fragment ?? "no pointer")\(error.isGuessed ? " (guessed)" : "")"
        }
        + verdict.findings.map { finding in
          let rule = finding.rule?.id ?? "-"
          return "  \(rule)  \(finding.strength)  \(finding.pointer): \(finding.message)"
        }
    }
    try expectGolden(lines.joined(separator: "\n") + "\n", named: "corpus-elsewhere")
  }

  /// What the rules say of a document that comes with its own status.
  private func verdict(of file: URL) throws -> ProblemVerdict {
    let body = Array(try Data(contentsOf: file))
    let document = try #require(try JSONValue(parsing: body).objectValue)
    return ProblemVerdict(
      checking: ProblemContext(
        status: Problem(document).status ?? 400, contentType: "application/problem+json",
        body: body))
  }
}
