import Foundation
import GoldenFiles
import HarnessXML
import ProblemJSON
import Testing

/// Problems in XML as servers write them: the example of RFC 9457, and those in the folder that `PROBLEM_CORPUS`
/// names, if any.
@Suite struct `The corpus of problems in XML` {
  /// Each with the status that its source tells: Symfony's is in the document, the RFC's in the text around it.
  private func verdict(on body: [UInt8], status: Int) -> ProblemVerdict {
    XMLProblem.check(
      ProblemContext(status: status, contentType: "application/problem+xml", body: body))
  }

  @Test func `keeps the rules in the example of RFC 9457`() {
    let verdict = verdict(on: Array(`A problem in XML`.example.utf8), status: 403)
    #expect(verdict.findings.map(\.description) == [])
    #expect(verdict.isPassed)
  }

  private static let elsewhere = ProcessInfo.processInfo.environment["PROBLEM_CORPUS"].flatMap {
    $0.isEmpty ? nil : URL(fileURLWithPath: $0)
  }

  @Test(.enabled(if: elsewhere != nil))
  func `that is kept elsewhere is told the same of as before`() throws {
    let folder = try #require(Self.elsewhere)
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil
    ).filter { $0.pathExtension == "xml" }.sorted { $0.path < $1.path }
    let lines = try files.flatMap { file in
      let body = Array(try Data(contentsOf: file))
      let status = XMLProblem.read(body).problem?.status ?? 403
      let verdict = verdict(on: body, status: status)
      let members = verdict.problem.map { JSONValue.object($0.extensions).compactText }
      return [
        "\(file.lastPathComponent)  \(verdict.problem?.type ?? "no problem")  \(members ?? "")"
      ] + verdict.findings.flatMap { $0.description.split(separator: "\n").map { "  \($0)" } }
    }
    try expectGolden(lines.joined(separator: "\n") + "\n", named: "corpus-elsewhere")
  }
}
