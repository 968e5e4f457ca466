import HarnessReporting

/// Waits until somebody accepts connections at an address.
///
/// ```swift
/// try await waitForListener(at: .port(5432))
/// try await waitForListener(at: .unixSocket("/run/service.sock"))
/// ```
///
/// Nobody tells when a foreign program begins to listen on a port, so this polls: it tries to connect
/// every 20 ms, without blocking a thread, and closes the connection at once. The program sees a client that
/// says nothing. For a Unix domain socket the file is waited for by its event first. A service that the
/// test starts should rather tell its port itself, which `withServiceProcess` of `HTTPDriver` waits for.
///
/// `within:` is how long it may take; nil leaves it to the scope, and outside of every scope to 10 s.
///
/// - Throws: After the test has failed at the caller's line with what the attempts found: when the deadline
///   passes, when the task is cancelled, and at once for an address that cannot be.
public func waitForListener(
  at address: ListenerAddress, within duration: Duration? = nil,
  fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
  column: UInt = #column
) async throws {
  let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
  if let misuse = address.misuse {
    throw await Reporter().error(
      recording: Failure("No address to listen at: \(address)\n  because   \(misuse)", at: site))
  }
  try await ListenerWait(address).value(within: duration, at: site)
}

/// Waits until somebody accepts connections at an address; hands back what came of it, and fails nothing.
///
/// The rules are those of ``waitForListener(at:within:fileID:filePath:line:column:)``; an address that
/// cannot be is one where nobody listens.
public func outcomeOfListener(
  at address: ListenerAddress, within duration: Duration? = nil, fileID: StaticString = #fileID,
  filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
) async -> WaitOutcome<Void> {
  await ListenerWait(address).outcome(
    within: duration,
    at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column))
}

/// A wait for a listener, and what it tells when it fails.
private struct ListenerWait {
  /// The time between two attempts to connect.
  private static let interval = Duration.milliseconds(20)
  private static let shownAttempts = 6

  private let lookout: Lookout
  private let address: ListenerAddress
  /// The events of the socket's file; nil for a port.
  private let file: (events: FileEvents, path: String)?

  init(_ address: ListenerAddress) {
    self.address = address
    let lookout = Lookout("\(address)")
    self.lookout = lookout
    switch address.place {
    case .port: file = nil
    case .socket(let path): file = (FileEvents { lookout.hints.hint() }, absolutePath(path))
    }
  }

  func value(within duration: Duration?, at site: CallSite) async throws {
    let look = ListenerLook(address) { [lookout] in lookout.hints.hint() }
    try await wait.value(within: duration, at: site, interval: { interval }) { self.look(look) }
  }

  func outcome(within duration: Duration?, at site: CallSite) async -> WaitOutcome<Void> {
    let look = ListenerLook(address) { [lookout] in lookout.hints.hint() }
    return await wait.outcome(within: duration, at: site, interval: { interval }) {
      self.look(look)
    }
  }

  private var wait: LookoutWait {
    LookoutWait(lookout, wanted: "a listener at") { log in
      WaitAccount(
        finding: log.last?.finding ?? "nothing was tried",
        sections: [
          .init(
            label: "attempts",
            lines: ["\(log.count):"] + log.lines(atMost: Self.shownAttempts))
        ],
        advice: "see that the service has started, and that it listens at this address",
        journal: log.count > Self.shownAttempts ? log.text : nil)
    }
  }

  /// While the file of a socket is not there, its event is what is waited for.
  private var interval: Duration? {
    guard let file, case .missing = PathSteps.Entry(at: file.path) else { return Self.interval }
    return nil
  }

  private func look(_ look: ListenerLook) -> Look<Void> {
    // Watched before it is looked at, so that nothing comes in between unseen.
    if let file { _ = file.events.watch(file.path) }
    return look.look()
  }
}
