import DequeModule

/// Decides whom a manual clock wakes, and when so many tasks sleep on it.
struct ManualClockState: WaitMachine {
  /// The time of the clock; for who waits for timers, the time of the earliest.
  typealias Value = Duration

  enum Demand: WaitDemand {
    /// That the clock shows this time.
    case time(Duration)
    /// That at least so many tasks sleep.
    case armed(Int)

    var wanted: String {
      switch self {
      case .time(let time): "\(time.readable) on"
      case .armed(let count): "\(count.counted("timer")) armed on"
      }
    }
  }

  struct Facts: WaitFacts {
    let now: Duration
    /// How many sleep.
    let count: Int
    /// The earliest of the times that they sleep until, in order.
    let armed: [Duration]

    // Each sleeper that is cancelled has facts of its own: with all the times, many sleepers take quadratic time.
    fileprivate static let shown = 5

    var account: WaitAccount {
      WaitAccount(
        finding: armed.isEmpty ? "nobody sleeps on the clock" : "too few sleep on the clock",
        sections: [
          .init(label: "time", lines: [now.readable]),
          .init(
            label: "armed",
            lines: armed.map(\.readable)
              + (count > armed.count ? ["… and \(count - armed.count) more"] : [])),
        ],
        advice: "see that the code which sleeps has this clock, and is reached")
    }
  }

  private struct Sleeper: Comparable {
    let time: Duration
    let id: WaiterID

    // Of one time, those who came first go first.
    static func < (a: Sleeper, b: Sleeper) -> Bool { (a.time, a.id) < (b.time, b.id) }
  }

  private(set) var now = Duration.zero
  /// In the order in which they are woken.
  private var sleepers: Deque<Sleeper> = []
  /// When each of them wakes, by which it is found among them.
  private var times: [WaiterID: Duration] = [:]
  private var observers = WaiterQueue<Int>()
  private var armedCount = 0

  /// The time of the earliest timer.
  var nextTime: Duration? { sleepers.first?.time }

  /// Moves the clock to a time, and wakes who sleeps until then, the earliest first; it never goes back, and stops
  /// at the longest time there is.
  mutating func advance(to time: Duration) -> Wakes {
    now = max(now, min(time, .longest))
    let end = sleepers.firstIndex { $0.time > now } ?? sleepers.endIndex
    let wakes = Wakes(sleepers[..<end].map { Wake(id: $0.id, reason: .value(now)) })
    for sleeper in sleepers[..<end] { times[sleeper.id] = nil }
    sleepers.removeSubrange(..<end)
    return wakes
  }

  mutating func register(_ id: WaiterID, _ demand: Demand) -> Wakes {
    switch demand {
    case .time(let time):
      let time = min(time, .longest)
      guard time > now else { return Wakes(Wake(id: id, reason: .value(now))) }
      times[id] = time
      let sleeper = Sleeper(time: time, id: id)
      sleepers.insert(sleeper, at: insertionIndex(of: sleeper))
      armedCount += 1
      let count = sleepers.count
      let earliest = sleepers[0].time
      return Wakes(
        observers.removeAll { $0 <= count }.map { Wake(id: $0, reason: .value(earliest)) })
    case .armed(let count):
      guard count > sleepers.count || sleepers.isEmpty else {
        return Wakes(Wake(id: id, reason: .value(sleepers[0].time)))
      }
      observers.append(id, max(count, 1))
      return Wakes()
    }
  }

  mutating func abandon(_ id: WaiterID) -> Wakes {
    if let time = times.removeValue(forKey: id) {
      sleepers.remove(at: insertionIndex(of: Sleeper(time: time, id: id)))
    } else {
      _ = observers.remove(id)
    }
    return Wakes()
  }

  func demand(of id: WaiterID) -> Demand? {
    if let time = times[id] { return .time(time) }
    return observers[id].map { .armed($0) }
  }

  func facts(for id: WaiterID) -> Facts {
    Facts(now: now, count: sleepers.count, armed: sleepers.prefix(Facts.shown).map(\.time))
  }

  var position: Int { armedCount }

  func meets(_ demand: Demand, givenUpAt position: Int) -> Bool {
    switch demand {
    case .time: false
    case .armed(let count): sleepers.count >= count
    }
  }

  var tableNote: String? { "it shows \(now.readable)" }

  private func insertionIndex(of sleeper: Sleeper) -> Int {
    var range = sleepers.indices
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      if sleepers[middle] < sleeper {
        range = middle + 1..<range.upperBound
      } else {
        range = range.lowerBound..<middle
      }
    }
    return range.lowerBound
  }
}
