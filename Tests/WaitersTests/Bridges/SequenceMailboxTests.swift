import HarnessReporting
import Testing

@testable import Waiters

@Suite struct `A mailbox of a sequence` {
  private struct Broken: Error {}

  @Test func `holds what the sequence gives`() async throws {
    let (stream, source) = AsyncStream.makeStream(of: Int.self)
    let sum = try await withMailbox("numbers", of: stream) { numbers in
      for number in 1...3 { source.yield(number) }
      let even = try await numbers.first { $0.isMultiple(of: 2) }
      let rest = try await numbers.collect(count: 2)
      return even + rest.reduce(0, +)
    }
    #expect(sum == 6)
  }

  @Test func `goes on after a wait that gave up`() async throws {
    let (stream, source) = AsyncStream.makeStream(of: Int.self)
    try await withMailbox("numbers", of: stream) { numbers in
      #expect(await numbers.outcomeOfNext(within: .zero).value == nil)
      source.yield(7)
      let number = try await numbers.next()
      #expect(number == 7)
    }
  }

  @Test func `is closed by the end of the sequence`() async throws {
    let stream = AsyncStream {
      $0.yield(1); $0.finish()
    }
    try await withMailbox("numbers", of: stream) { numbers in
      let first = try await numbers.next()
      #expect(first == 1)
      guard case .closed(let report) = await numbers.outcomeOfNext() else {
        Issue.record("the mailbox is not closed")
        return
      }
      #expect(report.closeError == nil)
    }
  }

  @Test func `is closed by the error of the sequence`() async throws {
    let stream = AsyncThrowingStream<Int, any Error> { $0.finish(throwing: Broken()) }
    try await withMailbox("numbers", of: stream) { numbers in
      guard case .closed(let report) = await numbers.outcomeOfNext() else {
        Issue.record("the mailbox is not closed")
        return
      }
      #expect(report.closeError is Broken)
    }
  }

  @Test func `takes a sequence that is built on others`() async throws {
    let (stream, source) = AsyncStream.makeStream(of: Int.self)
    try await withMailbox("texts", of: stream.filter { $0 > 1 }.map { "#\($0)" }) { texts in
      for number in 1...2 { source.yield(number) }
      let text = try await texts.next()
      #expect(text == "#2")
    }
  }

  @Test func `lets nothing run on when its scope ends`() async throws {
    let ended = Signal<Void>("ended")
    let (stream, source) = AsyncStream.makeStream(of: Int.self)
    source.onTermination = { _ in ended.send() }
    await #expect(throws: Broken.self) {
      try await withMailbox("numbers", of: stream) { _ in throw Broken() }
    }
    #expect(await ended.outcome(within: .zero).value != nil)
  }

  @Test func `lets nothing run on when its task is cancelled`() async throws {
    let ended = Signal<Void>("ended")
    let entered = Signal<Void>("entered")
    let (stream, source) = AsyncStream.makeStream(of: Int.self)
    source.onTermination = { _ in ended.send() }
    let scope = Task {
      try await withMailbox("numbers", of: stream) { numbers in
        entered.send()
        return await numbers.outcomeOfNext(within: .seconds(600)).value
      }
    }
    try await entered.value()
    scope.cancel()
    #expect(try await scope.value == nil)
    #expect(await ended.outcome(within: .zero).value != nil)
  }

  /// Gives nothing, and does not look whether its task is cancelled.
  private struct Deaf: AsyncSequence, AsyncIteratorProtocol {
    let release: AsyncStream<Void>

    func makeAsyncIterator() -> Deaf { self }

    mutating func next() async -> Int? {
      let release = release
      await Task.detached { for await _ in release {} }.value
      return nil
    }
  }

  @Test func `fails the test whose sequence does not end`() async throws {
    let (release, source) = AsyncStream.makeStream(of: Void.self)
    let pump = SequencePump(Deaf(release: release), into: Mailbox<Int>("numbers"))
    await withKnownIssue {
      await pump.stop(at: CallSite(), within: .milliseconds(20))
    } matching: { issue in
      issue.comments.contains {
        $0.rawValue.hasPrefix("Not ended: the sequence that Mailbox \"numbers\"")
      }
    }
    source.finish()
    await pump.stop(at: CallSite())
  }
}
