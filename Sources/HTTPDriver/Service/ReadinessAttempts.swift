import HarnessLock
import Waiters

/// Tries whether a service is ready, until it is: for what nobody tells.
struct ReadinessAttempts: Sendable {
  private static let interval = Duration.milliseconds(20)
  private static let attempt = Duration.seconds(1)

  private struct Findings: Sendable {
    var count = 0
    var last = ""
  }

  private let readiness: ServiceReadiness
  /// Where it is tried.
  let address: String
  private let findings = Lock(Findings())

  /// Makes the attempts; nil where a line of output tells, or there is no address to try.
  init?(_ readiness: ServiceReadiness, at place: ServicePlace?) {
    let named: String? =
      switch readiness.kind {
      case .line: nil
      case .accepting(let address), .health(_, let address): address ?? place?.address
      }
    guard let named else { return nil }
    self.readiness = readiness
    address = named
  }

  /// What the attempts found, for a failure; nil where they tell nothing.
  var account: String? {
    let findings = findings.withLock { $0 }
    guard findings.count > 0 else { return nil }
    return "the last of \(findings.count) attempts found: \(findings.last)"
  }

  /// Why the address cannot be tried; nil where it can.
  var problem: String? {
    do throws(ServiceAddressError) {
      if HTTPTransport.socketPath(in: address) == nil {
        switch readiness.kind {
        case .line: break
        case .accepting: _ = try Self.parsed(address)
        case .health: _ = try ServiceAddress(parsing: address)
        }
      }
      return nil
    } catch {
      return error.description
    }
  }

  /// Tries until it is ready; false when the deadline passes or the task is cancelled.
  func succeed(within duration: Duration?) async -> Bool {
    switch readiness.kind {
    case .line: return false
    case .accepting:
      guard let listener = Self.listener(at: address) else { return false }
      if case .value = await outcomeOfListener(at: listener, within: duration) { return true }
      return false
    case .health(let path, _):
      let http = HTTPDriver(.address(address)).capturing(.nothing)
      let outcome = await outcomeOfPoll(
        every: Self.interval, readiness.wanted, within: duration,
        {
          let finding = await Self.fault(of: http, path)
          findings.withLock { findings in
            findings.count += 1
            findings.last = finding ?? "it is ready"
          }
          return finding == nil
        }, until: { $0 })
      if case .value = outcome { return true }
      return false
    }
  }

  /// What keeps the service from being healthy; nil where it is.
  private static func fault(of http: HTTPDriver, _ path: String) async -> String? {
    switch await http.outcome(.get, path, within: attempt) {
    case .response(let exchange) where exchange.status.kind == .successful: nil
    case .response(let exchange): "status \(exchange.status.code)"
    case .failed(let error): error.reason
    case .cancelled: "cancelled"
    }
  }

  /// Where connections are to be accepted; nil where the address is none.
  static func listener(at address: String) -> ListenerAddress? {
    if let path = HTTPTransport.socketPath(in: address) { return .unixSocket(path) }
    guard let parsed = try? parsed(address) else { return nil }
    return .port(parsed.port, at: parsed.host)
  }

  /// To accept connections says nothing of what is spoken on them.
  private static func parsed(_ address: String) throws(ServiceAddressError) -> ServiceAddress {
    try ServiceAddress(
      parsing: address, scheme: address.lowercased().hasPrefix("https:") ? "https" : "http")
  }
}
