public import HarnessWebSocket

/// What following a flow led to, for a caller who decides what that means.
public enum WSFlowOutcome<Event: Sendable, Stage: Hashable & Sendable>: Sendable {
  /// The flow came to its end, or as far as was asked.
  case followed(WSFlowRun<Event, Stage>)
  /// A message broke the flow, which has been taken.
  case broken(WSFlowRun<Event, Stage>, reason: String, message: WSMessage)
  /// The deadline passed.
  case timedOut(WSFlowRun<Event, Stage>)
  /// The WebSocket ended first.
  case ended(WSFlowRun<Event, Stage>, WSClosure)
  /// The task was cancelled.
  case cancelled(WSFlowRun<Event, Stage>)

  /// What was seen until then; a flow that was broken has all that came before the breach.
  public var run: WSFlowRun<Event, Stage> {
    switch self {
    case .followed(let run), .broken(let run, _, _), .timedOut(let run), .ended(let run, _),
      .cancelled(let run):
      run
    }
  }
}
