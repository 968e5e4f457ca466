import HTTPDriver
import HarnessLock
import HarnessReporting
import Waiters

extension WSSocket {
  /// Follows a flow to its end, and checks each message as it comes.
  ///
  /// Where a connection is lost in the middle, another one goes on with `from: .after(run)`:
  ///
  /// ```swift
  /// let first = try await driver.connect(path) { try await $0.follow(imports, until: { $0.percent > 40 }) }
  /// let whole = try await driver.connect(path) { try await $0.follow(imports, from: .after(first)) }
  /// ```
  ///
  /// `from:` says where the flow is joined. `until:` stops to follow after the first new message that it accepts; it
  /// must be pure and quick, and must not use the WebSocket.
  ///
  /// - Returns: What was seen, what came on an earlier connection included.
  /// - Throws: After the test has failed at this line, at the first message that breaks the flow, and when its end
  ///   does not come.
  @discardableResult
  public func follow<Event, Stage>(
    _ flow: WSFlow<Event, Stage>, from start: WSFlow<Event, Stage>.Start = .beginning,
    until isEnough: (@Sendable (Event) -> Bool)? = nil, within duration: Duration? = nil,
    fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
    column: UInt = #column
  ) async throws -> WSFlowRun<Event, Stage> {
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    let check = Lock(FlowCheck(flow, from: start))
    func details() -> [(String, String)] {
      [("flow", "\(flow)"), ("seen", Self.text(of: check.withLock { $0.run.stages }))]
    }
    _ = try await collect(
      "the end of the flow", within: duration, at: site, details: details
    ) { message in
      check.withLock { check in
        let event = check.accept(message)
        if check.breach != nil || check.run.isEnded { return true }
        return event.flatMap { isEnough?($0) } ?? false
      }
    }
    if let breach = check.withLock({ $0.breach }) {
      throw await failure(
        "the flow is broken: \(breach.reason)",
        details: details() + [("message", Excerpt.body(breach.message.bytes, limit: 400))],
        at: site)
    }
    return check.withLock { $0.run }
  }

  /// The stages in a line; those that came in a row are counted.
  private static func text<Stage: Hashable>(of stages: [Stage]) -> String {
    var groups: [(stage: Stage, count: Int)] = []
    for stage in stages {
      if groups.last?.stage == stage {
        groups[groups.count - 1].count += 1
      } else {
        groups.append((stage, 1))
      }
    }
    if groups.isEmpty { return "no stage" }
    return groups.map { $0.count == 1 ? "\($0.stage)" : "\($0.stage) × \($0.count)" }
      .joined(separator: " → ")
  }
}
