import Foundation
import ProblemJSON
import Testing

/// Documents as services write them: those in `testdata/problems`, and those in the folder that
/// `PROBLEM_CORPUS` names, if any.
@Suite struct `The corpus of problem documents` {
  static let documents: [URL] = {
    let testdata = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../testdata/problems").standardizedFileURL
    let more = ProcessInfo.processInfo.environment["PROBLEM_CORPUS"]
    let folders = [testdata] + (more.map { [URL(fileURLWithPath: $0)] } ?? [])
    return folders.flatMap { folder in
      FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?
        .compactMap { $0 as? URL } ?? []
    }.filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }
  }()

  @Test func `is there`() {
    #expect(Self.documents.count >= 10)
  }

  @Test(arguments: documents)
  func `is read without alarms`(_ file: URL) throws {
    let body = Array(try Data(contentsOf: file))
    let document = try #require(try JSONValue(parsing: body).objectValue)
    let context = ProblemContext(
      status: Problem(document).status ?? 400, contentType: "application/problem+json", body: body)
    let verdict = ProblemVerdict(checking: context)
    #expect(verdict.problem != nil)
    let alarms = verdict.findings.filter { $0.rule == .noLeaks && $0.strength > .advice }
    #expect(alarms.map(\.description) == [])
  }
}
