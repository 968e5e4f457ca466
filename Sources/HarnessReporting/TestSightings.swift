import HarnessLock

/// Which other tests are seen at work in this process while a scope runs.
///
/// Swift Testing tells no test which others run beside it. What is seen are other scopes that look, and the
/// tests that make a channel or a driver of the harness or end a wait; those that use nothing of it are not.
package enum TestSightings {
  /// A scope during which others are noted.
  package struct Scope: Sendable, Hashable {
    fileprivate let number: Int
  }

  private static let ledger = Lock(Ledger())

  /// A scope of a test begins, whose path is given; `outer` are the scopes that it lies in, which are no others to it.
  package static func enter(_ test: String, within outer: [Scope]) -> Scope {
    ledger.withLock { $0.enter(test, within: outer) }
  }

  /// A scope ends; gives the paths of who was seen in the meantime, each once, sorted.
  package static func leave(_ scope: Scope) -> [String] {
    ledger.withLock { $0.leave(scope) }.sorted()
  }

  /// The test of this task is at work now: it makes something of the harness, or has just waited.
  static func noteRunningTest() {
    // Waits ask often, and mostly nobody looks.
    guard ledger.withLock({ $0.isWatched }), let test = RunningTest.currentPath else { return }
    ledger.withLock { $0.note(test) }
  }

  /// Decides who is an other to whom.
  struct Ledger {
    private struct Entry {
      let test: String
      let outer: [Scope]
      var seen: Set<String> = []

      mutating func sees(_ other: String, inAScopeOfItsOwn: Bool) {
        if other != test {
          seen.insert(other)
        } else if inAScopeOfItsOwn {
          seen.insert("\(other), in another case")
        }
      }
    }

    private var entries: [Scope: Entry] = [:]
    private var nextNumber = 0

    /// Whether there is a scope to note others for.
    var isWatched: Bool { !entries.isEmpty }

    mutating func enter(_ test: String, within outer: [Scope]) -> Scope {
      let scope = Scope(number: nextNumber)
      nextNumber += 1
      var entry = Entry(test: test, outer: outer)
      for other in entries.keys where !outer.contains(other) {
        entry.sees(entries[other]?.test ?? "", inAScopeOfItsOwn: true)
        entries[other]?.sees(test, inAScopeOfItsOwn: true)
      }
      entries[scope] = entry
      return scope
    }

    mutating func note(_ test: String) {
      for scope in entries.keys { entries[scope]?.sees(test, inAScopeOfItsOwn: false) }
    }

    mutating func leave(_ scope: Scope) -> Set<String> {
      entries.removeValue(forKey: scope)?.seen ?? []
    }
  }
}
