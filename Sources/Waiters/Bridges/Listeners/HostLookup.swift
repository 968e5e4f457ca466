import HarnessLock

/// Finds the addresses of a host without blocking who asks: a name is looked up on a thread of its own.
final class HostLookup: Sendable {
  enum Answer: Sendable {
    case addresses([SocketAddress])
    /// There are none, for now; in the system's words.
    case none(String)
    /// The servers of names have not answered yet.
    case pending
  }

  private enum State: Sendable {
    case answered(Answer)
    case running
  }

  private let host: String
  private let port: Int
  private let state: Lock<State>

  init(_ host: String, port: Int) {
    (self.host, self.port) = (host, port)
    let numeric = SocketAddress.addresses(of: host, port: port, isNumeric: true).addresses
    state = Lock(.answered(numeric.isEmpty ? .pending : .addresses(numeric)))
  }

  /// What is known; where that is no address, a lookup is begun, and `hint` is called when it is over.
  func answer(_ hint: @escaping @Sendable () -> Void) -> Answer {
    let (answer, begins): (Answer, Bool) = state.withLock { state in
      switch state {
      case .running: return (.pending, false)
      case .answered(.addresses(let addresses)): return (.addresses(addresses), false)
      case .answered(let answer):
        // A name that is not known now may be later.
        state = .running
        return (answer, true)
      }
    }
    if begins {
      BackgroundThread.start(named: "harness-lookup") { [self] in
        let found = SocketAddress.addresses(of: host, port: port, isNumeric: false)
        state.withLock {
          $0 = .answered(found.problem.map { .none($0) } ?? .addresses(found.addresses))
        }
        hint()
      }
    }
    return answer
  }
}
