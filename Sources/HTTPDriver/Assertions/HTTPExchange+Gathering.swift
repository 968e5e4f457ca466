import HarnessLock
import HarnessReporting

extension HTTPExchange {
  /// Runs every expectation, and fails the test once with all that differed.
  ///
  /// A chain ends at its first difference; this goes on with the next closure:
  ///
  /// ```swift
  /// try await http.get("/reports/7").expectAll(
  ///   { try $0.expect(status: .ok) },
  ///   { try $0.expectHeader("Cache-Control", "no-store") },
  ///   { try $0.expectJSON("/title", equals: "Daily report") })
  /// ```
  ///
  /// - Throws: After the test has failed at this line, when anything differed; at once, what an expectation throws
  ///   that is no difference.
  @discardableResult
  public func expectAll(
    _ expectations: (HTTPExchange) throws -> Any..., fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) throws -> HTTPExchange {
    let gathered = GatheredDifferences()
    var exchange = self
    exchange.gathering = gathered
    for expectation in expectations {
      do {
        _ = try expectation(exchange)
      } catch is GatheredDifference {
        // It is kept; the next expectation has its turn.
      }
    }
    let differences = gathered.all
    guard let first = differences.first else { return self }
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    if differences.count == 1 {
      throw failure(
        first.text, details: first.details, findings: first.findings, evidence: first.evidence,
        at: site)
    }
    let findings = differences.map { difference in
      var lines = ["  - \(difference.text)"]
      if !difference.findings.isEmpty { lines.append(difference.findings) }
      lines += difference.details.map { Excerpt.row($0, $1) }
      return lines.joined(separator: "\n")
    }.joined(separator: "\n")
    throw failure(
      "\(differences.count) of \(expectations.count) expectations differ", findings: findings,
      evidence: differences.flatMap(\.evidence), at: site)
  }
}

/// One thing that differed, before it is reported.
struct Difference: Sendable {
  let text: String
  var details: [(String, String)] = []
  var findings = ""
  var evidence: [Evidence] = []
}

/// What differed so far.
final class GatheredDifferences: Sendable {
  private let differences = Lock<[Difference]>([])

  var all: [Difference] { differences.withLock { $0 } }

  func add(_ difference: Difference) -> GatheredDifference {
    differences.withLock { $0.append(difference) }
    return GatheredDifference()
  }
}

/// Ends one chain of expectations within `expectAll`, which has kept what differed.
struct GatheredDifference: Error {}
