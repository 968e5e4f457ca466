import HarnessLock
import HarnessReporting

/// The completion handler that ``completion(of:within:fileID:filePath:line:column:_:)`` hands to an API.
///
/// Hand one of its functions over as it is, whichever the API asks for:
///
/// | The API takes | hand over |
/// |---|---|
/// | `(Result<Value, Failure>) -> Void` | `done.resolve` |
/// | `(Value?, Error?) -> Void` | `done.resolve` |
/// | `(Error?) -> Void` | `done.resolve`, with `Value` being `Void` |
/// | `(Value) -> Void` | `done.send` |
///
/// All of them may be called from any thread and wait for nothing.
public final class Completion<Value: Sendable>: Sendable {
  private let calls: CompletionCalls<Value>

  init(_ calls: CompletionCalls<Value>) {
    self.calls = calls
  }

  deinit {
    calls.letGo()
  }

  /// The operation has ended with this result.
  public func resolve<Failure: Error>(_ result: Result<Value, Failure>) {
    calls.receive(result.mapError { $0 })
  }

  /// The operation has ended with a value, or with an error where there is no value.
  ///
  /// With neither, or with both, the test fails: an API that calls its handler so says nothing.
  public func resolve(_ value: Value?, _ error: (any Error)?) {
    switch (value, error) {
    case (let value?, nil): calls.receive(.success(value))
    case (nil, let error?): calls.receive(.failure(error))
    case (nil, nil): calls.receive(.failure(CompletionError.neither))
    case (.some, .some): calls.receive(.failure(CompletionError.both))
    }
  }

  /// The operation has ended with a value.
  public func send(_ value: Value) {
    calls.receive(.success(value))
  }
}

extension Completion<Void> {
  /// The operation has ended, with an error or without.
  public func resolve(_ error: (any Error)?) {
    calls.receive(error.map { .failure($0) } ?? .success(()))
  }

  /// The operation has ended.
  public func send() {
    send(())
  }
}

/// A call of a completion handler that says nothing of how the operation ended.
enum CompletionError: Error, CustomStringConvertible {
  case neither
  case both

  var description: String {
    switch self {
    case .neither: "the handler was called with neither a value nor an error"
    case .both: "the handler was called with a value and an error"
    }
  }
}
