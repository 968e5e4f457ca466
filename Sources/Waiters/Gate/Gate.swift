import HarnessReporting

/// A point at which a test stops the system under test, looks, and lets it go on.
///
/// The system, or a stand-in for a part of it, calls ``pass(fileID:filePath:line:column:)`` and
/// is held there; the test hears of the arrival and opens the gate.
///
/// ```swift
/// let gate = Gate("before the commit")
/// store.beforeCommit = { try await gate.pass() }
/// async let reply = client.upload(file)
/// try await gate.arrivals()
/// #expect(store.isEmpty)
/// gate.open()
/// ```
///
/// Make it in the test's body, so that its failures are shown under the test.
public final class Gate: Sendable {
  let channel: Channel<GateState>
  private let site: CallSite
  /// What a pass does besides, once it has been let through.
  private let crossing: (@Sendable (_ title: String, CallSite) throws -> Void)?

  /// Makes a gate that is shut; `name` is what failures call it.
  public init(
    _ name: String, fileID: StaticString = #fileID, filePath: StaticString = #filePath,
    line: UInt = #line, column: UInt = #column
  ) {
    site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    channel = Channel("Gate", name, GateState(madeAt: site))
    crossing = nil
  }

  /// Makes a gate that is open for good, and whose passes do something.
  init(
    _ name: String, site: CallSite,
    crossing: @escaping @Sendable (_ title: String, CallSite) throws -> Void
  ) {
    channel = Channel("Gate", name, GateState(madeAt: site))
    self.site = site
    self.crossing = crossing
    openForever()
  }

  /// The gate as it is shown, such as `Gate "commit"`.
  var title: String { channel.title }

  /// Comes to the gate and waits until it lets the caller through: called by the system under test.
  ///
  /// A caller who is held past the deadline, 10 s unless a scope says otherwise, fails the test at the line
  /// where the gate was made, since the test forgot to open it. A caller whose task is cancelled throws
  /// `CancellationError` and fails nothing; one who has been let through is through.
  public func pass(
    fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
    column: UInt = #column
  ) async throws {
    let place = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    switch await channel.outcome(of: .pass, within: nil, at: place, isToldOf: true) {
    case .value: try crossing?(title, place)
    case .cancelled: throw CancellationError()
    case .timedOut(let report), .closed(let report):
      throw await channel.reporter.error(recording: report.failure(at: site))
    }
  }

  /// Waits until at least `count` callers have come to the gate since it was made, held or not.
  ///
  /// When the deadline passes or the task is cancelled, the test fails at the caller's line, and the wait
  /// throws.
  public func arrivals(
    _ count: Int = 1, within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws {
    try await channel.value(
      of: .arrivals(count), within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// Waits for arrivals; hands back what came of it, and fails nothing.
  public func outcomeOfArrivals(
    _ count: Int = 1, within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async -> WaitOutcome<Void> {
    await channel.outcome(
      of: .arrivals(count), within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// Lets so many callers through: from any thread, without waiting.
  ///
  /// Those who are held go first, in the order in which they came; what is left over serves later callers.
  public func open(_ permits: Int = 1) {
    channel.point.update { $0.open(permits) }
  }

  /// Lets everybody through from now on: from any thread, without waiting.
  public func openForever() {
    channel.point.update { $0.openForever() }
  }
}
