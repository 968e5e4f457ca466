/// Decides who hears of a signal: everybody who waits, and everybody who comes later.
struct SignalState: WaitMachine {
  typealias Value = PayloadBox

  /// What the signal stands for, which decides the words of its failures.
  enum Kind: Sendable {
    case signal
    case fence
    // Indirect, as each wait keeps it: three words, and it would be put into an object of its own.
    indirect case other(Words)
  }

  /// The words of something else that happens once.
  struct Words: Sendable {
    let wanted: String
    let account: @Sendable () -> WaitAccount
  }

  struct Demand: WaitDemand {
    let kind: Kind

    init(_ kind: Kind) {
      self.kind = kind
    }

    var wanted: String {
      switch kind {
      case .signal: "the value of"
      case .fence: "the passing of"
      case .other(let words): words.wanted
      }
    }
  }

  struct Facts: WaitFacts {
    let kind: Kind

    var account: WaitAccount {
      switch kind {
      case .signal:
        WaitAccount(
          finding: "nothing was sent", sections: [],
          advice: "see that the code which sends this signal is reached")
      case .fence:
        WaitAccount(
          finding: "what it waits for has not ended", sections: [],
          advice: "see that what the fence waits for can happen")
      case .other(let words): words.account()
      }
    }
  }

  private let kind: Kind

  init(_ kind: Kind) {
    self.kind = kind
  }

  private enum Stage: Sendable {
    case open
    case sent(PayloadBox)
  }

  private var stage = Stage.open
  private var waiters = WaiterQueue<Void>()

  var position: Int { 0 }

  /// Takes in the value, unless there is one.
  mutating func send(_ value: PayloadBox) -> Wakes {
    switch stage {
    case .open:
      stage = .sent(value)
      return Wakes(waiters.removeAll().lazy.map { Wake(id: $0.id, reason: .value(value)) })
    case .sent: return Wakes()
    }
  }

  mutating func register(_ id: WaiterID, _ demand: Demand) -> Wakes {
    switch stage {
    case .open:
      waiters.append(id, ())
      return Wakes()
    case .sent(let value): return Wakes(Wake(id: id, reason: .value(value)))
    }
  }

  mutating func abandon(_ id: WaiterID) -> Wakes {
    _ = waiters.remove(id)
    return Wakes()
  }

  func demand(of id: WaiterID) -> Demand? { waiters[id].map { Demand(kind) } }

  func meets(_ demand: Demand, givenUpAt position: Int) -> Bool {
    switch stage {
    case .open: false
    case .sent: true
    }
  }

  func facts(for id: WaiterID) -> Facts { Facts(kind: kind) }
}
