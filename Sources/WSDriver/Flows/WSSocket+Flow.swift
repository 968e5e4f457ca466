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
    let deadline = Deadline.effective(within: duration)
    let outcome = await outcomeOfFollow(flow, from: start, until: isEnough, within: duration)
    func details(_ run: WSFlowRun<Event, Stage>) -> [(String, String)] {
      [("flow", "\(flow)"), ("seen", Self.text(of: run.stages))]
    }
    switch outcome {
    case .followed(let run): return run
    case .broken(let run, let reason, let message):
      let hint = start.hint(for: flow, run).map { [("try", $0)] } ?? []
      throw await failure(
        "the flow is broken: \(reason)",
        details: details(run) + [("message", Excerpt.body(message.bytes, limit: 400))] + hint,
        at: site)
    case .ended(let run, let closure):
      throw await failure(
        "the end of the flow did not come, the WebSocket had ended: \(closure)",
        details: details(run), isWaiting: true, at: site)
    case .timedOut(let run):
      throw await failure(
        "the end of the flow did not come within \(deadline)", details: details(run),
        isWaiting: true, at: site)
    case .cancelled: throw CancellationError()
    }
  }

  /// Follows a flow to its end, and checks each message as it comes; hands back what came of it, and fails nothing.
  ///
  /// For connections that may be cut at any point: what was seen until then is the beginning of the next.
  ///
  /// ```swift
  /// let first = try await driver.connect(path) { await $0.outcomeOfFollow(imports) }
  /// let whole = try await driver.connect(path) { try await $0.follow(imports, from: .after(first.run)) }
  /// ```
  ///
  /// `from:` and `until:` are as in ``follow(_:from:until:within:fileID:filePath:line:column:)``. Where it is not
  /// followed to its end, what came stays.
  public func outcomeOfFollow<Event, Stage>(
    _ flow: WSFlow<Event, Stage>, from start: WSFlow<Event, Stage>.Start = .beginning,
    until isEnough: (@Sendable (Event) -> Bool)? = nil, within duration: Duration? = nil
  ) async -> WSFlowOutcome<Event, Stage> {
    let check = Lock(FlowCheck(flow, from: start))
    let outcome = await outcomeOfCollect(within: duration) { message in
      check.withLock { check in
        let event = check.accept(message)
        if check.isOver { return true }
        return event.flatMap { isEnough?($0) } ?? false
      }
    }
    let (run, breach) = check.withLock { ($0.run, $0.breach) }
    switch outcome {
    case .value:
      return breach.map { .broken(run, reason: $0.reason, message: $0.message) } ?? .followed(run)
    case .timedOut: return .timedOut(run)
    case .cancelled: return .cancelled(run)
    case .closed:
      guard let closure = connection.closure else {
        preconditionFailure("the inbox ended before the connection")
      }
      return .ended(run, closure)
    }
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

extension WSFlow.Start {
  /// What to try where a flow that is joined here was broken.
  fileprivate func hint(
    for flow: WSFlow<Event, Stage>, _ run: WSFlowRun<Event, Stage>
  ) -> String? {
    switch self {
    case .beginning where run.events.isEmpty:
      "from: .anywhere, where the service does not tell again what came before"
    case .after where flow.number == nil:
      "numbered(_:), where the service tells again a part of what came before"
    case .beginning, .anywhere, .after: nil
    }
  }
}
