import HarnessReporting

/// An operation that was cancelled at a gate, and how it ended.
public struct CancelledOperation<Value: Sendable>: Sendable {
  enum End: Sendable {
    case over(after: Duration)
    /// It still ran after this time; what is known of it.
    case never(in: String, known: [String])
  }

  /// Where it was cancelled.
  public let point: CancellationPoint
  /// How it ended.
  public let outcome: OperationOutcome<Value>
  let end: End
  let reporter: Reporter

  /// How long it took to end once it was cancelled; nil where it did not.
  public var endedAfter: Duration? {
    guard case .over(let duration) = end else { return nil }
    return duration
  }

  /// Fails the test unless the operation threw `CancellationError`.
  public func expectCancelled(
    fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
    column: UInt = #column
  ) throws {
    try expect(.cancelled, fileID: fileID, filePath: filePath, line: line, column: column)
  }

  /// Fails the test unless the operation ended so.
  public func expect(
    _ ending: ExpectedEnding, fileID: StaticString = #fileID, filePath: StaticString = #filePath,
    line: UInt = #line, column: UInt = #column
  ) throws {
    guard !ending.allows(outcome, at: [point.name]) else { return }
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    throw reporter.error(recording: Failure(text(expected: ending), at: site))
  }

  private func text(expected: ExpectedEnding) -> String {
    var lines = ReportLines()
    lines.add("Cancelled at \(point.name): \(outcome), expected \(expected)")
    if case .completed(let value) = outcome, Value.self != Void.self {
      lines.add("value", shown(value, cutAt: 120))
    }
    addEnd(to: &lines)
    let code: CancellationFinding.Code = endedAfter == nil ? .unfinished : .unexpectedEnding
    lines.add("try", code.advice)
    return lines.text
  }

  private func addEnd(to lines: inout ReportLines) {
    switch end {
    case .over(after: let duration):
      lines.add("ended", "\(duration.readable) after its cancellation")
    case .never(in: let bound, let known):
      lines.add("waited", "\(bound) after its cancellation")
      lines.add("known", known)
    }
  }
}

extension CancelledOperation: CustomStringConvertible {
  /// In a few lines: where it was cancelled, how it ended, and when.
  public var description: String {
    var lines = ReportLines()
    lines.add("Cancelled at \(point.name): \(outcome)")
    addEnd(to: &lines)
    return lines.text
  }
}
