/// How a wait ended, for a caller who decides what that means.
///
/// A wait that ends without a value leaves its channel usable, with everything that was sent still in it.
public enum WaitOutcome<Value: Sendable>: Sendable {
  /// What was waited for.
  case value(Value)
  /// The deadline passed.
  case timedOut(WaitReport)
  /// The channel was closed, and what was left in it does not satisfy the wait;
  /// ``WaitReport/closeError`` says with which error.
  case closed(WaitReport)
  /// The waiting task was cancelled.
  case cancelled(WaitReport)

  /// What was waited for; nil when it did not come.
  public var value: Value? {
    switch self {
    case .value(let value): value
    case .timedOut, .closed, .cancelled: nil
    }
  }

  /// Why there is no value; nil when there is one.
  public var report: WaitReport? {
    switch self {
    case .value: nil
    case .timedOut(let report), .closed(let report), .cancelled(let report): report
    }
  }

  package func map<Other: Sendable>(_ transform: (Value) -> Other) -> WaitOutcome<Other> {
    switch self {
    case .value(let value): .value(transform(value))
    case .timedOut(let report): .timedOut(report)
    case .closed(let report): .closed(report)
    case .cancelled(let report): .cancelled(report)
    }
  }
}
