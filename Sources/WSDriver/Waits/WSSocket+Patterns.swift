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
    try await first(
      pattern, "\(pattern) did not come", within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// Waits for the first message that matches; `missing` is what a failure says.
  func first(
    _ pattern: WSPattern, _ missing: String, within duration: Duration?, at site: CallSite
  ) async throws -> WSMessage {
    try await check([pattern], at: site)
    let deadline = Deadline.effective(within: duration)
    let latest = Lock<String?>(nil)
    let outcome = await outcomeOfFirst(
      where: { message in
        let fault = pattern.fault(in: message)
        if let fault { latest.withLock { $0 = fault } }
        return fault == nil
      }, within: duration)
    func details() -> [(String, String)] {
      latest.withLock { $0 }.map { [("latest", "does not match: \($0)")] } ?? []
    }
    switch outcome {
    case .message(let message): return message
    case .timedOut:
      throw await failure(
        "\(missing) within \(deadline)", details: details(), isWaiting: true, at: site)
    case .ended(let closure):
      throw await failure(
        "\(missing), the WebSocket had ended: \(closure)", details: details(), isWaiting: true,
        at: site)
    case .cancelled: throw CancellationError()
    }
  }

  /// Fails the test where a pattern can match nothing, so that nobody waits for it.
  func check(_ patterns: [WSPattern], at site: CallSite) async throws {
    for pattern in patterns {
      guard let problem = pattern.problem else { continue }
      throw await failure(
        "no message can be \(pattern)", details: [("reason", problem)], at: site)
    }
  }

  /// Expects the next messages to match these patterns, one after the other, with nothing between.
  ///
  /// Where one does not match, it has been taken, with those before it.
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
    try await check(patterns, at: site)
    let progress = Lock(PatternProgress(patterns, order))
    let messages = try await collect(
      { progress.withLock { $0 }.wanted }, within: duration, at: site,
      details: { progress.withLock { $0 }.details }
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
  /// What has not come, for the first line of a failure.
  fileprivate var wanted: String {
    if patterns.count == 1 { return patterns[0].description }
    return missing.count == patterns.count
      ? "\(patterns.count) patterns" : "\(missing.count) of \(patterns.count) patterns"
  }

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
