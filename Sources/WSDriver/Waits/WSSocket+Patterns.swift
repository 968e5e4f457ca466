import HTTPDriver
import HarnessLock
import HarnessReporting
public import HarnessWebSocket
import Waiters

extension WSSocket {
  /// Waits for the first message that matches, and leaves the others in their order.
  ///
  /// - Throws: After the test has failed at this line.
  @discardableResult
  public func first(
    _ pattern: WSPattern, within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws -> WSMessage {
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    let deadline = Deadline.effective(within: duration)
    let outcome = await outcomeOfFirst(
      where: { pattern.fault(in: $0) == nil }, within: duration)
    switch outcome {
    case .message(let message): return message
    case .timedOut: throw await failure("\(pattern) did not come within \(deadline)", at: site)
    case .ended(let closure):
      throw await failure(
        "\(pattern) did not come, the WebSocket had ended: \(closure)", at: site)
    case .cancelled: throw CancellationError()
    }
  }

  /// Expects the next messages to match these patterns, one after the other, with nothing between.
  ///
  /// - Returns: The messages.
  /// - Throws: After the test has failed at this line, at the first message that does not match.
  @discardableResult
  public func expectNext(
    _ patterns: WSPattern..., within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws -> [WSMessage] {
    try await collect(
      patterns, .consecutive, within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// Waits until each of the patterns has been matched, one after the other; other messages may lie between.
  ///
  /// - Returns: The messages that matched, in the order of the patterns; those between are taken too.
  /// - Throws: After the test has failed at this line.
  @discardableResult
  public func collect(
    inOrder patterns: WSPattern..., within duration: Duration? = nil,
    fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
    column: UInt = #column
  ) async throws -> [WSMessage] {
    try await collect(
      patterns, .sequence, within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// Waits until each of the patterns has been matched by a message of its own, in any order; other messages may
  /// lie between.
  ///
  /// Where a message matches several patterns, it is counted for the one that lets all of them be matched.
  ///
  /// - Returns: The messages that matched, in the order of the patterns; those between are taken too.
  /// - Throws: After the test has failed at this line.
  @discardableResult
  public func collect(
    inAnyOrder patterns: WSPattern..., within duration: Duration? = nil,
    fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
    column: UInt = #column
  ) async throws -> [WSMessage] {
    try await collect(
      patterns, .any, within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  private func collect(
    _ patterns: [WSPattern], _ order: PatternProgress.Order, within duration: Duration?,
    at site: CallSite
  ) async throws -> [WSMessage] {
    if patterns.isEmpty { return [] }
    let progress = Lock(PatternProgress(patterns, order))
    let wanted = patterns.count == 1 ? patterns[0].description : "\(patterns.count) patterns"
    let messages = try await collect(
      wanted, within: duration, at: site, details: { progress.withLock { $0 }.details }
    ) { message in
      progress.withLock { $0.accept(message) }
    }
    let result = progress.withLock { $0 }
    if let fault = result.fault {
      throw await failure(
        "the next message is not \(patterns[fault.pattern])",
        details: [
          ("reason", fault.reason), ("message", Excerpt.body(fault.message.bytes, limit: 400)),
        ], at: site)
    }
    return result.matches.compactMap { $0.map { messages[$0] } }
  }
}

extension PatternProgress {
  /// What a failure says of patterns that were not all matched.
  fileprivate var details: [(String, String)] {
    guard patterns.count > 1 || latestFault != nil else { return [] }
    let shown = 5
    var rows = missing.prefix(shown).enumerated().map { offset, pattern in
      (offset == 0 ? "missing" : "", patterns[pattern].description)
    }
    if missing.count > shown { rows.append(("", "and \(missing.count - shown) more")) }
    if let latestFault { rows.append(("latest", "does not match: \(latestFault)")) }
    return rows
  }
}
