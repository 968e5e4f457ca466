/// How a cancelled operation is to end.
///
/// ```swift
/// try end.expect(.throwing(StoreError.self))
/// try await sweepCancellation("a transfer", ending: .cancelled.orCompleted(from: "committed")) { … }
/// ```
public struct ExpectedEnding: Sendable {
  private enum Completion: Sendable {
    case never
    case always
    case from(String)
  }

  private struct Failing: Sendable {
    let words: String
    let matches: @Sendable (any Error) -> Bool
  }

  private var failing: Failing?
  private var completion = Completion.never

  /// It throws `CancellationError`.
  public static var cancelled: ExpectedEnding { throwing(CancellationError.self) }

  /// It throws an error of this type.
  public static func throwing<E: Error>(_ type: E.Type) -> ExpectedEnding {
    throwing(String(describing: type)) { $0 is E }
  }

  /// It throws an error that matches; `words` is what failures call it, such as `"a lost connection"`.
  public static func throwing(
    _ words: String, where matches: @escaping @Sendable (any Error) -> Bool
  ) -> ExpectedEnding {
    ExpectedEnding(failing: Failing(words: words, matches: matches))
  }

  /// It completes, as if it had not been cancelled.
  public static var completed: ExpectedEnding { ExpectedEnding(completion: .always) }

  /// It may also complete, wherever it is cancelled.
  public var orCompleted: ExpectedEnding {
    ExpectedEnding(failing: failing, completion: .always)
  }

  /// It may also complete once it has come to the point of this name: a point of no return.
  public func orCompleted(from point: String) -> ExpectedEnding {
    ExpectedEnding(failing: failing, completion: .from(point))
  }

  /// Whether an operation may end so that was cancelled at the last of these points, and had come to the
  /// others before.
  func allows<Value>(_ outcome: OperationOutcome<Value>, at points: [String]) -> Bool {
    switch outcome {
    case .completed:
      switch completion {
      case .never: false
      case .always: true
      case .from(let point): points.contains(point)
      }
    case .threw(let error): failing?.matches(error) ?? false
    case .unfinished: false
    }
  }
}

extension ExpectedEnding: CustomStringConvertible {
  /// In few words, such as `CancellationError or completion`.
  public var description: String {
    guard let failing else { return "completion" }
    return switch completion {
    case .never: failing.words
    case .always: "\(failing.words) or completion"
    case .from(let point): "\(failing.words), or completion from \(shown(point, cutAt: 40)) on"
    }
  }
}
