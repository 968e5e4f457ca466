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
  let wait = ListenerWait(address)
  if let misuse = address.misuse {
    throw await wait.reporter.error(
      recording: Failure("No address to listen at: \(address)\n  because   \(misuse)", at: site))
  }
  try await wait.value(within: duration, at: site)
}

/// Waits until somebody accepts connections at an address; hands back what came of it, and fails nothing.
///
/// The rules are those of ``waitForListener(at:within:fileID:filePath:line:column:)``; an address that
/// cannot be is one where nobody listens.
public func outcomeOfListener(
  at address: ListenerAddress, within duration: Duration? = nil
) async -> WaitOutcome<Void> {
  await ListenerWait(address).outcome(within: duration)
}

/// A wait for a listener, and what it tells when it fails.
private struct ListenerWait {
  /// The time between two attempts to connect.
  private static let interval = Duration.milliseconds(20)
  private static let shownAttempts = 6

  let reporter = Reporter()
  private let lookout = Lookout()
  private let address: ListenerAddress
  /// The events of the socket's file; nil for a port.
  private let file: (events: FileEvents, path: String)?

  init(_ address: ListenerAddress) {
    self.address = address
    switch address.place {
    case .port: file = nil
    case .socket(let path):
      file = (FileEvents { [lookout] in lookout.hints.hint() }, absolutePath(path))
    }
  }

  func value(within duration: Duration?, at site: CallSite) async throws {
    let look = ListenerLook(address) { [lookout] in lookout.hints.hint() }
    try await wait.value(
      within: duration, at: site, interval: { interval }, account: Self.account
    ) { self.look(look) }
  }

  func outcome(within duration: Duration?) async -> WaitOutcome<Void> {
    let look = ListenerLook(address) { [lookout] in lookout.hints.hint() }
    return await wait.outcome(
      within: duration, interval: { interval }, account: Self.account
    ) { self.look(look) }
  }

  private var wait: LookoutWait {
    LookoutWait(lookout: lookout, wanted: "a listener at \(address)", reporter: reporter)
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

  private static let account: @Sendable (AttemptLog) -> WaitAccount = { log in
    WaitAccount(
      sections: [
        .init(label: "attempts", lines: ["\(log.count):"] + log.lines(atMost: shownAttempts))
      ],
      advice: "see that the service has started, and that it listens at this address",
      journal: log.count > shownAttempts ? log.text : nil)
  }
}
