import HarnessLock
package import HarnessReporting

/// Everything that waits in this process.
///
/// Channels are listed, not waits: a wait costs nothing here until somebody asks for the table.
package enum WaitTable {
  /// A wait in a snapshot.
  package struct Entry: Sendable {
    /// Where it waits.
    package let source: ObjectIdentifier
    /// Its number there.
    package let number: UInt64
    package let row: WaitRow

    package init(source: ObjectIdentifier, number: UInt64, row: WaitRow) {
      self.source = source
      self.number = number
      self.row = row
    }
  }

  /// What waited at one moment.
  package struct Snapshot: Sendable {
    /// When it was taken.
    package let instant: ContinuousClock.Instant
    let channels: [Channel]

    struct Channel: Sendable {
      let test: Reporter.TestIdentity
      let count: Int
      let oldest: [Entry]
    }
  }

  private struct WeakSource: Sendable {
    weak let source: (any WaitSource)?
  }

  private struct Contents {
    var sources: [ObjectIdentifier: WeakSource] = [:]
    var newest: Snapshot?
  }

  private static let contents = Lock(Contents())

  /// Lists a source for as long as it lives.
  package static func add(_ source: any WaitSource) {
    contents.withLock { $0.sources[ObjectIdentifier(source)] = WeakSource(source: source) }
  }

  /// Strikes a source off, as it goes.
  package static func remove(_ source: ObjectIdentifier) {
    contents.withLock { _ = $0.sources.removeValue(forKey: source) }
  }

  /// How long a snapshot serves others: of waits that expire together, each is to find the others in it.
  private static let age = Duration.milliseconds(10)

  /// What waits now, or did a moment ago: the oldest waits of each channel.
  package static func snapshot(now: ContinuousClock.Instant = .realNow) -> Snapshot {
    let kept = contents.withLock { contents in
      contents.newest.flatMap { $0.instant.duration(to: now) < age ? $0 : nil }
    }
    return kept ?? freshSnapshot(now: now)
  }

  /// What waits now.
  static func freshSnapshot(now: ContinuousClock.Instant) -> Snapshot {
    let sources = contents.withLock { Array($0.sources.values) }
    // Outside of the lock: a channel that is let go here strikes itself off.
    let patience = ContinuousClock.Instant.realNow + .milliseconds(2)
    let channels = sources.compactMap { weak -> Snapshot.Channel? in
      guard let source = weak.source else { return nil }
      let test = source.reporter.testIdentity
      guard
        let (count, oldest) = source.openWaits(
          atMost: Snapshot.oldestLimit,
          within: ContinuousClock.Instant.realNow.duration(to: patience))
      else {
        let row = WaitRow(
          wanted: "something at \(source.title), whose lock another thread holds", start: now,
          site: nil)
        let entry = Entry(source: ObjectIdentifier(source), number: .max, row: row)
        return Snapshot.Channel(test: test, count: 1, oldest: [entry])
      }
      guard count > 0 else { return nil }
      return Snapshot.Channel(test: test, count: count, oldest: oldest)
    }
    let snapshot = Snapshot(instant: now, channels: channels)
    let last = contents.withLock { contents in
      defer { contents.newest = snapshot }
      return contents.newest
    }
    withExtendedLifetime(last) {}
    return snapshot
  }
}

extension WaitTable.Snapshot {
  /// How many waits of each channel a snapshot holds.
  static var oldestLimit: Int { 10 }

  /// The most rows that a failure shows.
  package static var rowLimit: Int { 5 }

  /// The oldest waits, in order, as lines; what is over the limit is counted in one more.
  ///
  /// Only those of the test that a reporter belongs to, where one is given, and without the wait that failed.
  package func lines(
    ofTestOf test: Reporter? = nil, except: (source: ObjectIdentifier, number: UInt64?)? = nil,
    atMost limit: Int = rowLimit
  ) -> [String] {
    let identity = test?.testIdentity
    let channels = channels.filter { identity == nil || identity == $0.test }
    var rows = channels.flatMap(\.oldest)
    var count = channels.reduce(0) { $0 + $1.count }
    if let except {
      let before = rows.count
      rows.removeAll {
        $0.source == except.source && $0.number == except.number ?? $0.number
      }
      count -= before - rows.count
    }
    let shown = rows.sorted { $0.row.start < $1.row.start }.prefix(limit)
    let rest = count - shown.count
    return shown.map { $0.row.line(at: instant) } + (rest > 0 ? ["… and \(rest) more"] : [])
  }
}
