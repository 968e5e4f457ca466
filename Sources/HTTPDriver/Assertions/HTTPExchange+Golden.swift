import Foundation
public import GoldenFiles
import HTTPTypes
import HarnessJSON
import HarnessReporting

extension HTTPExchange {
  /// Expects the response's body to mean the same as its golden file.
  ///
  /// The media type says how: JSON is compared by meaning, with rules for what varies, and `text/…` line by
  /// line. The file is `Goldens/<name>.json` beside the test's source, or named after the test; how it is
  /// made and accepted is that of `expectGolden(_:named:rules:…)`.
  ///
  /// ```swift
  /// try await http.get("/reports/7").expectGolden(rules: [.uuid("/id"), .timestamp("/createdAt")])
  /// ```
  ///
  /// - Throws: After the test has failed at this line.
  @discardableResult
  public func expectGolden(
    named name: String? = nil, case: String? = nil, rules: [GoldenRule] = [],
    function: String = #function,
    fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
    column: UInt = #column
  ) throws -> HTTPExchange {
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    let type = response.headerFields[.contentType].map(MediaType.init)
    let outcome: GoldenOutcome
    if let type, type.isJSON {
      let value = try json(fileID: fileID, filePath: filePath, line: line, column: column)
      outcome = GoldenCheck(.json, rules: rules, at: site)
        .run(value, named: name, case: `case`, function: function)
    } else if let type, let fileExtension = type.textFileExtension {
      let text: String
      do {
        text = try type.text(of: body)
      } catch {
        throw failure("no golden file for the body: \(error)", at: site)
      }
      outcome = GoldenCheck(TextGolden(fileExtension: fileExtension), rules: rules, at: site)
        .run(text, named: name, case: `case`, function: function)
    } else {
      let shown = type?.essence ?? "no media type"
      throw failure("no golden file for a body of \(shown), only for JSON and text", at: site)
    }
    return try settle(outcome, at: site)
  }

  /// Expects status, chosen header fields and body to mean the same as their golden file.
  ///
  /// ```swift
  /// try await http.get("/reports/7")
  ///   .expectGolden(headers: ["Content-Type", "Cache-Control"], rules: [.uuid("/body/id")])
  /// ```
  ///
  /// - Throws: After the test has failed at this line.
  @discardableResult
  public func expectGolden(
    headers: [String], named name: String? = nil, case: String? = nil, rules: [GoldenRule] = [],
    function: String = #function,
    fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
    column: UInt = #column
  ) throws -> HTTPExchange {
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    let format = HTTPGolden(headers: headers)
    let outcome = GoldenCheck(format, rules: rules, at: site)
      .run(format.document(of: self), named: name, case: `case`, function: function)
    return try settle(outcome, at: site)
  }

  private func settle(_ outcome: GoldenOutcome, at site: CallSite) throws -> HTTPExchange {
    switch outcome {
    case .matches, .updated: return self
    case .failed(let message, let evidence):
      let lines = message.split(separator: "\n", maxSplits: 1).map(String.init)
      throw failure(
        lines.first ?? "", findings: lines.dropFirst().joined(), evidence: evidence, at: site)
    }
  }
}

extension GoldenCheck {
  /// A check as the environment of this process asks for it.
  fileprivate init(_ format: Format, rules: [GoldenRule], at site: CallSite) {
    self.init(
      format, rules: rules, environment: ProcessInfo.processInfo.environment, at: site)
  }
}
