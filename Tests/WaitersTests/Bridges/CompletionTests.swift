import Dispatch
import Testing

@testable import Waiters

@Suite struct `A completion handler` {
  private struct Broken: Error, Equatable {}

  /// An API that calls back on a thread of its own.
  private struct API: Sendable {
    let queue = DispatchQueue(label: "api")

    func result(_ completion: @escaping @Sendable (Result<Int, Broken>) -> Void) {
      queue.async { completion(.success(1)) }
    }

    func failure(_ completion: @escaping @Sendable (Result<Int, any Error>) -> Void) {
      queue.async { completion(.failure(Broken())) }
    }

    func pair(
      _ value: Int?, _ error: Broken?,
      _ completion: @escaping @Sendable (Int?, (any Error)?) -> Void
    ) {
      queue.async { completion(value, error) }
    }

    func value(_ completion: @escaping @Sendable (Int) -> Void) {
      queue.async { completion(4) }
    }

    func error(_ error: Broken?, _ completion: @escaping @Sendable ((any Error)?) -> Void) {
      queue.async { completion(error) }
    }

    func nothing(_ completion: @escaping @Sendable () -> Void) {
      queue.async { completion() }
    }
  }

  private let api = API()

  @Test func `gives the value, in whatever form the API has`() async throws {
    let one = try await completion(of: "result") { api.result($0.resolve) }
    let three: Int = try await completion(of: "pair") { api.pair(3, nil, $0.resolve) }
    let four = try await completion(of: "value") { api.value($0.send) }
    #expect([one, three, four] == [1, 3, 4])
    try await completion(of: "error") { api.error(nil, $0.resolve) }
    try await completion(of: "nothing") { (done: Completion<Void>) in api.nothing { done.send() } }
  }

  @Test func `throws the error that it was called with`() async throws {
    await #expect(throws: Broken.self) {
      try await completion(of: "failure") { (done: Completion<Int>) in api.failure(done.resolve) }
    }
    await #expect(throws: Broken.self) {
      try await completion(of: "pair") { (done: Completion<Int>) in
        api.pair(nil, Broken(), done.resolve)
      }
    }
    await #expect(throws: Broken.self) {
      try await completion(of: "error") { api.error(Broken(), $0.resolve) }
    }
  }

  @Test(arguments: [(nil, nil, "neither"), (1, Broken(), "and")] as [(Int?, Broken?, String)])
  private func `must say how the operation ended`(value: Int?, error: Broken?, word: String)
    async throws
  {
    try await withKnownIssue {
      _ = try await completion(of: "pair") { (done: Completion<Int>) in
        api.pair(value, error, done.resolve)
      }
    } matching: { issue in
      issue.comments.contains {
        $0.rawValue.hasPrefix(#"Called wrongly: the completion handler of "pair""#)
          && $0.rawValue.contains(word)
      }
    }
  }

  @Test func `throws what the start throws`() async throws {
    await #expect(throws: Broken.self) {
      try await completion(of: "start") { (_: Completion<Int>) in throw Broken() }
    }
  }
}

@Suite struct `The state of a completion handler` {
  private func call(_ value: Int) -> CompletionState<Int>.Call {
    .init(result: .success(value), instant: .now)
  }

  @Test func `is accused by the second call, once`() throws {
    var state = CompletionState<Int>()
    guard case .end(.called(.success(1))) = state.receive(call(1)) else {
      Issue.record("the first call did not end the wait")
      return
    }
    guard case .accuse(let first) = state.receive(call(2)) else {
      Issue.record("the second call was not accused")
      return
    }
    #expect(try first.result.get() == 1)
    guard case .nothing = state.receive(call(3)), case .nothing = state.letGo() else {
      Issue.record("the third call was told")
      return
    }
  }

  @Test func `ends when it is let go uncalled`() {
    var state = CompletionState<Int>()
    guard case .end(.neverCalled) = state.letGo(), case .nothing = state.receive(call(1)) else {
      Issue.record("the wait goes on")
      return
    }
  }

  @Test func `is let go silently when it was called`() {
    var state = CompletionState<Int>()
    _ = state.receive(call(1))
    guard case .nothing = state.letGo() else {
      Issue.record("a handler that was called was accused")
      return
    }
  }
}
