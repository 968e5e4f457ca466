import HarnessLock
import Testing
import Waiters

/// What the articles on virtual time show, as it stands there, so that it compiles and holds.
@Suite struct `A session store` {
  @Test func `forgets a session after an hour`() async throws {
    try await withVirtualTime { clock in
      let sessions = SessionStore(lifetime: .seconds(3600))
      await sessions.open("Ada")

      try await Task.sleep(for: .seconds(3599))
      #expect(await sessions.isOpen("Ada"))

      try await Task.sleep(for: .seconds(1))
      #expect(await !sessions.isOpen("Ada"))
      #expect(clock.now.offset == .seconds(3600))
    }
  }

  @Test func `sweeps once a minute`() async throws {
    let clock = ManualClock("sweeper")
    let swept = Mailbox<Int>("swept")
    let sweeper = Task { try await sweep(every: .seconds(60), on: clock, swept.send) }

    for round in 1...3 {
      let next = try await clock.armed()
      #expect(next.offset == .seconds(60 * round))
      clock.advance(to: next)
      #expect(try await swept.next() == round)
    }
    sweeper.cancel()
  }

  @Test func `keeps what was invalidated while it was loaded`() async throws {
    // The fault is found, so the test of the article would fail here.
    let failing = try await firstFailingSeed(of: 0..<1000) { _ in
      let profiles = ProfileCache()
      async let reading: Void = profiles.load()
      async let writing: Void = profiles.rename(to: "Ada King")
      _ = await (reading, writing)
      return await profiles.cached != "Ada"
    }
    #expect(failing != nil)
  }

  private func firstFailingSeed(
    of seeds: Range<UInt64>,
    _ scenario: @escaping @Sendable @concurrent (VirtualClock) async throws -> Bool
  ) async throws -> UInt64? {
    for seed in seeds where try await !withVirtualTime(seed: seed, scenario) { return seed }
    return nil
  }
}

private actor SessionStore {
  private let lifetime: Duration
  private var opened: [String: ContinuousClock.Instant] = [:]

  init(lifetime: Duration) {
    self.lifetime = lifetime
  }

  func open(_ user: String) { opened[user] = .now }

  func isOpen(_ user: String) -> Bool {
    guard let start = opened[user] else { return false }
    return start.duration(to: .now) < lifetime
  }
}

private func sweep(
  every interval: Duration, on clock: any Clock<Duration>, _ onSweep: @Sendable (Int) -> Void
) async throws {
  var round = 0
  while true {
    // harness:allow(sleep): the clock is a manual one
    try await clock.sleep(for: interval)
    round += 1
    onSweep(round)
  }
}

private actor ProfileCache {
  private var stored = "Ada"
  private(set) var cached: String?

  func load() async {
    let loaded = stored
    await Task.yield()  // the way back from the database
    cached = loaded
  }

  func rename(to name: String) async {
    await Task.yield()  // the way to the database
    stored = name
    cached = nil
  }
}
