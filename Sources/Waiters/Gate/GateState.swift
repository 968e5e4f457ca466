import HarnessReporting

/// Decides who goes through a gate, and who hears of arrivals.
struct GateState: WaitMachine {
  typealias Value = Void

  /// What a wait asks for.
  enum Demand: WaitDemand {
    /// To go through.
    case pass
    /// That so many callers have come to the gate since it was made.
    case arrivals(Int)

    var wanted: String {
      switch self {
      case .pass: "leave to pass"
      case .arrivals(let count): "\(count.counted("arrival")) at"
      }
    }
  }

  /// Where the gate was made: whoever forgot to open it is to be found there.
  private let site: CallSite

  private var passes = WaiterQueue<Void>()
  private var observers = WaiterQueue<Int>()
  private(set) var arrived = 0
  private var passed = 0
  private(set) var permits = 0
  private(set) var isOpen = false

  init(madeAt site: CallSite) {
    self.site = site
  }

  /// Grows with every arrival and every opening.
  private(set) var position = 0

  /// Lets so many callers through, those who wait first.
  mutating func open(_ count: Int) -> Wakes {
    position += 1
    let (sum, isOver) = permits.addingReportingOverflow(max(0, count))
    permits = isOver ? .max : sum
    var wakes = Wakes()
    while permits > 0, let id = passes.popFirst() {
      permits -= 1
      passed += 1
      wakes.append(Wake(id: id, reason: .value(())))
    }
    return wakes
  }

  /// Lets everybody through from now on.
  mutating func openForever() -> Wakes {
    position += 1
    isOpen = true
    passed += passes.entries.count
    return Wakes(passes.removeAll().lazy.map { Wake(id: $0.id, reason: .value(())) })
  }

  mutating func register(_ id: WaiterID, _ demand: Demand) -> Wakes {
    switch demand {
    case .pass:
      arrived += 1
      position += 1
      var wakes = Wakes(
        observers.removeAll { [arrived] in $0 <= arrived }
          .map { Wake(id: $0, reason: .value(())) })
      if isOpen {
        passed += 1
        wakes.append(Wake(id: id, reason: .value(())))
      } else if permits > 0 {
        permits -= 1
        passed += 1
        wakes.append(Wake(id: id, reason: .value(())))
      } else {
        passes.append(id, ())
      }
      return wakes
    case .arrivals(let count):
      if count <= arrived { return Wakes(Wake(id: id, reason: .value(()))) }
      observers.append(id, count)
      return Wakes()
    }
  }

  mutating func abandon(_ id: WaiterID) -> Wakes {
    if passes.remove(id) == nil { _ = observers.remove(id) }
    return Wakes()
  }

  func demand(of id: WaiterID) -> Demand? {
    if let count = observers[id] { return .arrivals(count) }
    return passes[id].map { .pass }
  }

  func meets(_ demand: Demand, givenUpAt position: Int) -> Bool {
    switch demand {
    case .pass: isOpen || permits > 0
    case .arrivals(let count): arrived >= count
    }
  }

  func facts(for id: WaiterID) -> GateFacts {
    GateFacts(
      isPass: passes[id] != nil, arrived: arrived, held: passes.entries.count, passed: passed,
      site: site)
  }

  var tableNote: String? {
    "made at \(site), \(passed) let through so far"
  }
}
