/// Something that is wrong with how an operation took its cancellation.
public struct CancellationFinding: Sendable, CustomStringConvertible {
  /// The kinds of findings.
  ///
  /// There may be more in later versions: give a `switch` a `default`.
  public enum Code: Sendable, CaseIterable {
    /// It did not end within its bound.
    case unfinished
    /// It ended, and not as expected.
    case unexpectedEnding
    /// It failed in the round in which it was not cancelled.
    case failedByItself
    /// A clean-up did not run, or ran too often.
    case cleanUp
    /// It ended before something that it had started.
    case leftBehind
    /// Something was not given back, or given back too often.
    case imbalance
  }

  /// What kind it is.
  public let code: Code
  /// What is wrong, and what is known of it, a line each.
  let lines: [String]

  /// In words, such as `connection pool: 1 acquired, 0 released`.
  public var description: String { lines.joined(separator: "; ") }

  init(_ code: Code, _ words: String, known: [String] = []) {
    self.code = code
    lines = [words] + known
  }
}

extension CancellationFinding.Code {
  /// What the reader may try.
  var advice: String {
    switch self {
    case .unfinished:
      "pass the cancellation on to what is awaited: a `Task`, or a wait that begins after it"
    case .unexpectedEnding:
      "let the cancellation through: see `try?` and `catch`; or name the ending that is right: `.completed`, `.throwing(…)`"
    case .failedByItself: "see that the operation succeeds where nothing cancels it"
    case .cleanUp: "clean up in one place, such as a `catch` or `defer` that every way out takes"
    case .leftBehind: "start it in a task group, or cancel and await it before the operation ends"
    case .imbalance: "give back in a `defer`, and what a cancelled wait was given as well"
    }
  }
}
