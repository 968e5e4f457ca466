/// The looks of one wait for a listener: connects, and asks again where an answer is still due.
final class ListenerLook {
  private enum Way {
    case socket(path: String)
    case host(String, HostLookup)
    /// None: nobody can listen there, for this reason.
    case none(String)
  }

  private let way: Way
  private let hint: @Sendable () -> Void
  private var attempts: [ConnectAttempt] = []

  /// `hint` is called, on another thread, when a look is due before its time.
  init(_ address: ListenerAddress, hint: @escaping @Sendable () -> Void) {
    self.hint = hint
    if let misuse = address.misuse {
      way = .none(misuse)
      return
    }
    way =
      switch address.place {
      case .socket(let path):
        .socket(path: ListenerAddress.connectable(path, absolute: absolutePath(path)))
      case .port(let port, let host): .host(host, HostLookup(host, port: port))
      }
  }

  /// Looks whether somebody listens.
  func look() -> Look<Void> {
    if attempts.isEmpty, let reason = begin() { return .notYet(reason) }
    let results = attempts.map(\.result)
    if results.contains(.pending), !results.contains(.accepted) { return .notYet("no answer yet") }
    attempts = []
    var reasons: [String] = []
    for result in results {
      switch result {
      case .accepted: return .found(())
      case .failed(let reason): if !reasons.contains(reason) { reasons.append(reason) }
      case .pending: break
      }
    }
    return .notYet(reasons.joined(separator: "; "))
  }

  /// Begins to connect; gives the reason where that is not possible.
  private func begin() -> String? {
    switch way {
    case .none(let reason): return reason
    case .socket(let path):
      guard let address = SocketAddress(socketAt: path) else { return "the path is too long" }
      attempts = [ConnectAttempt(to: address)]
    case .host(let host, let lookup):
      switch lookup.answer(hint) {
      case .addresses(let addresses): attempts = addresses.map { ConnectAttempt(to: $0) }
      case .none(let problem): return "\(host): \(problem)"
      case .pending: return "\(host) is being looked up"
      }
    }
    return nil
  }
}
