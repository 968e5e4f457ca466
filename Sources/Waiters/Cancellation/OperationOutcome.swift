/// How an operation ended that was cancelled on purpose, or that it did not end.
public enum OperationOutcome<Value: Sendable>: Sendable {
  /// It gave a value.
  case completed(Value)
  /// It threw.
  case threw(any Error)
  /// It still ran when its time was up. Its task is cancelled, and was left to itself.
  case unfinished

  func map<Other: Sendable>(_ transform: (Value) -> Other) -> OperationOutcome<Other> {
    switch self {
    case .completed(let value): .completed(transform(value))
    case .threw(let error): .threw(error)
    case .unfinished: .unfinished
    }
  }
}

extension OperationOutcome: CustomStringConvertible {
  /// In few words, such as `completed` or `threw StoreError: closed`.
  public var description: String {
    switch self {
    case .completed: "completed"
    case .threw(let error): "threw \(shown(error: error, cutAt: 60))"
    case .unfinished: "still running"
    }
  }
}
