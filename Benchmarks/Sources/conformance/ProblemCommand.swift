import ArgumentParser
import Foundation
import HarnessJSON
import ProblemJSON

/// Checks each file as the body of a problem response by RFC 9457.
struct ProblemCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "problem", abstract: "Checks each file as a problem response (RFC 9457).",
    discussion:
      "A file is refused when it is no problem document, or a rule finds more than advice.")

  @Argument(help: "The files to check.") var files: [String]
  @Option(help: "The status code of the response.") var status: Int
  @Option(help: "The Content-Type of the response.") var contentType = "application/problem+json"

  func run() throws {
    var isAccepted = true
    for file in files {
      let body = try Array(Data(contentsOf: URL(fileURLWithPath: file)))
      let verdict = ProblemVerdict(
        checking: ProblemContext(status: status, contentType: contentType, body: body))
      isAccepted = isAccepted && verdict.isPassed
      print(Self.object(file, verdict).compactText)
    }
    if !isAccepted { throw ExitCode(1) }
  }

  private static func object(_ file: String, _ verdict: ProblemVerdict) -> JSONValue {
    [
      "file": .string(file), "accepted": .bool(verdict.isPassed),
      "findings": .array(
        verdict.findings.map { finding in
          [
            "rule": finding.rule.map { .string($0.id) } ?? .null,
            "section": finding.rule.map { .string($0.section) } ?? .null,
            "strength": .string(finding.strength.rawValue),
            "pointer": .string(finding.pointer.description),
            "message": .string(finding.message),
          ]
        }),
    ]
  }
}
