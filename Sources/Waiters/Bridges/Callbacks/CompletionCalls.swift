import HarnessLock
import HarnessReporting

/// What becomes of the calls of one completion handler.
final class CompletionCalls<Value: Sendable>: Sendable {
  private let name: String
  private let site: CallSite
  private let channel: Channel<SignalState>
  private let state = Lock(CompletionState<Value>())
  private let start = ContinuousClock.Instant.realNow

  init(_ name: String, at site: CallSite) {
    self.name = name
    self.site = site
    channel = Channel("completion handler of", name, SignalState(Self.kind), .fedFromOutside)
  }

  func receive(_ result: Result<Value, any Error>) {
    let call = CompletionState<Value>.Call(result: result, instant: .realNow)
    switch state.withLock({ $0.receive(call) }) {
    case .end(let end): channel.point.update { $0.send(ValueBox(end)) }
    case .accuse(let first): channel.reporter.record(calledTwice(first, call))
    case .nothing: break
    }
  }

  func letGo() {
    guard case .end(let end) = state.withLock({ $0.letGo() }) else { return }
    // A handler that is let go after the deadline has still not been called.
    channel.point.expectNothingLate()
    channel.point.update { $0.send(ValueBox(end)) }
  }

  /// Waits for the first call, or for the certainty that there will be none.
  func value(within duration: Duration?) async throws -> Value {
    let end = try await channel.value(of: .init(Self.kind), within: duration, at: site)
      .open(as: CompletionEnd<Value>.self)
    switch end {
    case .called(.failure(let error as CompletionError)):
      throw await channel.reporter.error(recording: calledWithNothing(error))
    case .called(let result): return try result.get()
    case .neverCalled: throw await channel.reporter.error(recording: neverCalled)
    }
  }

  private static var kind: SignalState.Kind {
    .other(
      .init(wanted: "a call of the") {
        WaitAccount(
          finding: "it was not called, and somebody still has it", sections: [],
          advice: "see that the code which calls this handler is reached")
      })
  }

  private var neverCalled: Failure {
    Failure(
      """
      Never called: the completion handler of \(quoted(name))
        let go    after \(start.duration(to: .realNow).readable): nobody has it any more, so that nobody can call it
        try       look for a path that returns without calling its handler
      """, at: site)
  }

  private func calledWithNothing(_ error: CompletionError) -> Failure {
    Failure(
      """
      Called wrongly: the completion handler of \(quoted(name))
        verdict   \(error)
        try       look for a path that does not know how the operation ended
      """, at: site)
  }

  private func calledTwice(
    _ first: CompletionState<Value>.Call, _ second: CompletionState<Value>.Call
  ) -> Failure {
    Failure(
      """
      Called twice: the completion handler of \(quoted(name))
        first     \(text(first))
        second    \(text(second))
        try       look for a path that goes on after it has called its handler
      """, at: site)
  }

  private func text(_ call: CompletionState<Value>.Call) -> String {
    let time = start.duration(to: call.instant).readable
    return switch call.result {
    case .success(let value): "\(shown(value, cutAt: 120)), after \(time)"
    case .failure(let error): "error \(shown(error, cutAt: 120)), after \(time)"
    }
  }
}
