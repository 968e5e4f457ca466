import HarnessReporting

/// What an operation owes when it has ended: decides what of it was not done.
struct LabLedger: Sendable {
  /// Names an entry that is struck off later.
  typealias EntryID = Int

  private struct Cleanup: Sendable {
    let name: String
    var due = 0
    var ran = 0

    /// Whether it can no longer come right: it never runs less often.
    var isSpoilt: Bool { ran > max(due, 1) }

    func finding(wasGivenUp: Bool) -> CancellationFinding? {
      if due > 0, wasGivenUp {
        guard ran != due else { return nil }
        let words = ran == 0 ? "never ran" : "ran \(ran.times)"
        return .init(.cleanUp, "\(label(name)) \(words), and was due \(due.times)")
      }
      // Where nobody said that it is due, or where the operation went through, it need not run.
      guard ran > max(due, 1) else { return nil }
      return .init(.cleanUp, "\(label(name)) ran \(ran.times)")
    }
  }

  private struct Balance: Sendable {
    let name: String
    var acquired = 0
    var released = 0
  }

  private struct Work: Sendable {
    let name: String
    let site: CallSite
  }

  private struct Wait: Sendable {
    let wanted: String
    let site: CallSite
    let start: ContinuousClock.Instant
  }

  // Few names, in the order in which they came.
  private var cleanups: [Cleanup] = []
  private var balances: [Balance] = []
  private var works: [EntryID: Work] = [:]
  private var waits: [EntryID: Wait] = [:]
  private var nextID: EntryID = 0

  /// A clean-up has become due.
  mutating func due(_ name: String) { cleanups[cleanup(name)].due += 1 }

  /// A clean-up is due no more.
  mutating func waive(_ name: String) { cleanups[cleanup(name)].due -= 1 }

  /// A clean-up runs.
  mutating func ran(_ name: String) { cleanups[cleanup(name)].ran += 1 }

  mutating func acquired(_ name: String) { balances[balance(name)].acquired += 1 }

  mutating func released(_ name: String) { balances[balance(name)].released += 1 }

  /// Work begins that must end.
  mutating func began(_ name: String, at site: CallSite) -> EntryID {
    defer { nextID += 1 }
    works[nextID] = Work(name: name, site: site)
    return nextID
  }

  /// A wait of ours begins.
  mutating func parked(
    _ wanted: String, at site: CallSite, since start: ContinuousClock.Instant
  ) -> EntryID {
    defer { nextID += 1 }
    waits[nextID] = Wait(wanted: wanted, site: site, start: start)
    return nextID
  }

  /// Work or a wait is over; more than once does no harm.
  mutating func over(_ id: EntryID) {
    works[id] = nil
    waits[id] = nil
  }

  /// What is wrong, now that the operation has ended.
  ///
  /// `wasGivenUp` is true where it was cancelled and did not complete: then what was due must have run.
  func findings(wasGivenUp: Bool) -> [CancellationFinding] {
    cleanups.compactMap { $0.finding(wasGivenUp: wasGivenUp) }
      + balances.filter { $0.acquired != $0.released }.map {
        .init(
          .imbalance, "\(label($0.name)): \($0.acquired) acquired, \($0.released) released")
      } + ordered(works).map { .init(.leftBehind, "\(label($0.name)) still runs, \($0.site)") }
      + ordered(waits).map { .init(.leftBehind, "a task still waits for \($0.wanted), \($0.site)") }
  }

  /// Whether something is wrong that time does not mend.
  var isSpoilt: Bool {
    cleanups.contains(where: \.isSpoilt) || balances.contains { $0.released > $0.acquired }
  }

  /// Whether something is not over that may yet come right.
  var isPending: Bool {
    !works.isEmpty || !waits.isEmpty || balances.contains { $0.released < $0.acquired }
      || cleanups.contains { $0.ran < $0.due }
  }

  /// What an operation that does not end is known to do.
  func activities(at now: ContinuousClock.Instant) -> [String] {
    ordered(waits).map {
      "waits for \($0.wanted), \($0.start.duration(to: now).readable), \($0.site)"
    }
      + ordered(works).map { "runs \(label($0.name)), \($0.site)" }
  }

  private mutating func cleanup(_ name: String) -> Int {
    if let index = cleanups.firstIndex(where: { $0.name == name }) { return index }
    cleanups.append(Cleanup(name: name))
    return cleanups.count - 1
  }

  private mutating func balance(_ name: String) -> Int {
    if let index = balances.firstIndex(where: { $0.name == name }) { return index }
    balances.append(Balance(name: name))
    return balances.count - 1
  }

  private func ordered<Entry>(_ entries: [EntryID: Entry]) -> [Entry] {
    entries.sorted { $0.key < $1.key }.map(\.value)
  }
}

/// A name of a user's on one line.
private func label(_ name: String) -> String { shown(name[...], cutAt: 40) }

extension Int {
  fileprivate var times: String { self == 1 ? "once" : "\(self) times" }
}
