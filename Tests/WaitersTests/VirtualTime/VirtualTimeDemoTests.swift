import HarnessLock
import Testing
import Waiters

/// What the articles show, as it stands there, so that it compiles and holds.
@Suite struct `A client that retries` {
  /// Fails so often, and says when it was called.
  private actor Server {
    private var failures: Int
    private(set) var calls: [Duration] = []

    init(failures: Int) {
      self.failures = failures
    }

    func call(at time: Duration) throws {
      calls.append(time)
      failures -= 1
      if failures >= 0 { throw Unavailable() }
    }
  }

  private struct Unavailable: Error {}
  private struct TimedOut: Error {}

  private static func retrying(
    _ attempts: Int, _ body: () async throws -> Void
  ) async throws {
    var delay = Duration.seconds(1)
    for _ in 1..<attempts {
      do {
        return try await body()
      } catch is Unavailable {
        // harness:allow(sleep): it is called in virtual time
        try await Task.sleep(for: delay)
        delay *= 2
      }
    }
    try await body()
  }

  @Test func `doubles its delay`() async throws {
    try await withVirtualTime { clock in
      let server = Server(failures: 4)
      try await Self.retrying(8) { try await server.call(at: clock.now.offset) }
      #expect(await server.calls == [.zero, .seconds(1), .seconds(3), .seconds(7), .seconds(15)])
    }
  }

  private static func withTimeout<R: Sendable>(
    _ duration: Duration, _ body: @escaping @Sendable () async throws -> R
  ) async throws -> R {
    try await withThrowingTaskGroup { group in
      group.addTask { try await body() }
      group.addTask {
        // harness:allow(sleep): it is called in virtual time
        try await Task.sleep(for: duration)
        throw TimedOut()
      }
      defer { group.cancelAll() }
      guard let first = try await group.next() else { throw CancellationError() }
      return first
    }
  }

  @Test func `gives up after an hour`() async throws {
    try await withVirtualTime { clock in
      let start = ContinuousClock.now
      await #expect(throws: TimedOut.self) {
        try await Self.withTimeout(.seconds(3600)) {
          try await Self.retrying(.max) { throw Unavailable() }
        }
      }
      #expect(start.duration(to: .now) == .seconds(3600))
    }
  }

  @Test func `is done before its time is over`() async throws {
    try await withVirtualTime { clock in
      let answer = try await Self.withTimeout(.seconds(3600)) {
        try await Task.sleep(for: .seconds(3599))
        return 42
      }
      #expect(answer == 42)
      // The cancelled timeout does not hold the clock.
      #expect(clock.now.offset == .seconds(3599))
    }
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func `cancels what is slower than the fastest`(seed: UInt64) async throws {
    try await withVirtualTime(seed: seed) { clock in
      let cancelled = Lock(0)
      let fastest = await withTaskGroup { group in
        for seconds in [30, 10, 20] {
          group.addTask {
            do {
              try await Task.sleep(for: .seconds(seconds))
            } catch {
              cancelled.withLock { $0 += 1 }
            }
            return seconds
          }
        }
        let fastest = await group.next()
        group.cancelAll()
        return fastest
      }
      #expect(fastest == 10)
      #expect(cancelled.withLock { $0 } == 2)
      #expect(clock.now.offset == .seconds(10))
    }
  }
}
