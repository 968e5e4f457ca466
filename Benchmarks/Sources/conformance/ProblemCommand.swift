import ArgumentParser
import HarnessJSON
import HarnessXML
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
      do throws(Refusal) {
        let verdict = verdict(on: try bytes(of: file))
        isAccepted = isAccepted && verdict.isPassed
        print(Self.object(file, verdict).compactText)
      } catch {
        isAccepted = false
        print(error.value.compactText)
      }
    }
    if !isAccepted { throw ExitCode(1) }
  }

  /// By the form that the response claims: XML where it says so, and JSON for anything else.
  private func verdict(on body: [UInt8]) -> ProblemVerdict {
    let context = ProblemContext(status: status, contentType: contentType, body: body)
    let mediaType = contentType.prefix { $0 != ";" && $0 != " " }.lowercased()
    return mediaType == "application/problem+xml"
      ? XMLProblem.check(context) : ProblemVerdict(checking: context)
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
