import HarnessLock
import HarnessReporting

/// What the code under test, or a stand-in for a part of it, tells of itself while a test cancels it at
/// every point in turn.
///
/// ``sweepCancellation(_:ending:within:atMost:fileID:filePath:line:column:_:)`` makes one for each round.
/// Hand it to a stand-in: that says which points are crossed, what is taken and given back, what runs.
///
/// ```swift
/// struct FakeDatabase {
///   let lab: CancellationLab
///
///   func begin() async throws {
///     try await lab.point("begin")
///     lab.due("rollback")
///   }
///
///   func rollback() { lab.once("rollback") }
/// }
/// ```
///
/// Everything here but ``point(_:fileID:filePath:line:column:)`` and ``mark(_:fileID:filePath:line:column:)``
/// can be called from any thread, and waits for nothing.
public final class CancellationLab: Sendable {
  private struct Contents {
    var state: LabState
    /// Cancels the operation's task.
    var cancel: (@Sendable () -> Void)?
    var permits: [LabPermits] = []
  }

  private let contents: Lock<Contents>
  /// The line that made the lab's operation, and that waits for it.
  let site: CallSite
  /// That the operation was cancelled, ended by itself, or was given up.
  let decided = Signal<Void>(inner: "the cancellation of an operation")
  /// That the operation ended, or was given up.
  let concluded = Signal<Void>(inner: "the end of a cancelled operation")
  /// Whether the operation has ended and left nothing undone, as it is now.
  let settled = Watched<Bool>(inner: "the clean-up after a cancelled operation", false)

  /// `target` is the crossing to cancel at, from 1; without it, none.
  init(cancellingAt target: Int?, at site: CallSite) {
    self.site = site
    contents = Lock(Contents(state: LabState(cancellingAt: target)))
  }

  /// Crosses a point that heeds cancellation: throws `CancellationError` where the task is cancelled, as a
  /// call to a database does.
  ///
  /// `name` is what the result calls the point.
  public func point(
    _ name: String, fileID: StaticString = #fileID, filePath: StaticString = #filePath,
    line: UInt = #line, column: UInt = #column
  ) async throws {
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    try cross(CancellationPoint(name: name, site: site))
  }

  /// Crosses a point that does not heed cancellation: the task goes on, cancelled or not, and what it does
  /// next has to find out.
  ///
  /// `name` is what the result calls the point.
  public func mark(
    _ name: String, fileID: StaticString = #fileID, filePath: StaticString = #filePath,
    line: UInt = #line, column: UInt = #column
  ) async {
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    arrive(at: CancellationPoint(name: name, site: site))
  }

  /// A gate that stops nobody, and each of whose passes is a crossing, as of
  /// `point(_:)`: for a stand-in that takes a gate.
  public func gate(
    _ name: String, fileID: StaticString = #fileID, filePath: StaticString = #filePath,
    line: UInt = #line, column: UInt = #column
  ) -> Gate {
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    return Gate(name, site: site) { [self] title, site in
      try cross(CancellationPoint(name: title, site: site, isTitle: true))
    }
  }

  /// Says that a clean-up is due from now on: if the operation is cancelled, it must run exactly once.
  ///
  /// Said twice, it must run twice.
  public func due(_ name: String) { update { $0.ledger.due(name) } }

  /// Says that a clean-up is due no more: the work that it would undo is done.
  public func waive(_ name: String) { update { $0.ledger.waive(name) } }

  /// Says that a clean-up, or a cancellation handler, runs.
  ///
  /// More than once in a round is wrong, and, where it is ``due(_:)`` and the operation is cancelled, never
  /// is wrong too.
  public func once(_ name: String) { update { $0.ledger.ran(name) } }

  /// Counts what is taken and given back: what is taken must be given back, cancelled or not.
  ///
  /// Two balances of one name are the same.
  public func balance(_ name: String) -> LabBalance { LabBalance(lab: self, name: name) }

  /// Says that the leave to pass that a gate has now, opened and not used, must be there at the end.
  ///
  /// It is looked at when the sweep ends. A gate that is open for good has nothing to lose.
  public func balance(of gate: Gate) {
    guard let permits = LabPermits(of: gate) else { return }
    contents.withLock { $0.permits.append(permits) }
  }

  /// Says that work begins that must not outlive the operation, such as an unstructured task.
  ///
  /// Begin it before the task is made, and have the task end it: it is over at ``LabWork/end()``, or when
  /// nobody holds it.
  public func begin(
    _ name: String, fileID: StaticString = #fileID, filePath: StaticString = #filePath,
    line: UInt = #line, column: UInt = #column
  ) -> LabWork {
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    return LabWork(lab: self, id: update { $0.ledger.began(name, at: site) })
  }

  /// A wait of ours begins in the operation, or in a task that it has made.
  func enter(_ wanted: String, at site: CallSite) -> LabWork {
    LabWork(lab: self, id: update { $0.ledger.parked(wanted, at: site, since: .realNow) })
  }
}

extension CancellationLab {
  /// Changes the state, and tells when with that everything is done.
  @discardableResult
  func update<R>(_ change: (inout LabState) -> R) -> R {
    let result = contents.withLock { change(&$0.state) }
    // Read anew under the lock of `settled`: two changes may come here in another order.
    settled.update { $0 = contents.withLock { $0.state.isSettled } }
    return result
  }

  /// Crosses a point that heeds cancellation.
  private func cross(_ point: CancellationPoint) throws {
    arrive(at: point)
    try Task.checkCancellation()
  }

  private func arrive(at point: CancellationPoint) {
    if update({ $0.cross(point, at: .realNow) }) { cancelTask() }
  }

  /// Cancels the operation here, unless it was cancelled or has ended.
  func cancel(at point: CancellationPoint) {
    if update({ $0.cancel(at: point, .realNow) }) { cancelTask() }
  }

  /// Outside of the lock: handlers of the operation run in here.
  private func cancelTask() {
    contents.withLock { $0.cancel }?()
    decided.send()
  }

  /// Starts an operation.
  func start<R: Sendable>(
    _ operation: @escaping @Sendable () async throws -> R
  ) -> Task<Result<R, any Error>, Never> {
    var context = WaitContext.current
    context.lab = self
    // Made under the lock, which a crossing takes: the task is known before it comes to one.
    return contents.withLock { [context] contents in
      let task = Task {
        let result: Result<R, any Error> = await WaitContext.$current.withValue(context) {
          do { return .success(try await operation()) } catch { return .failure(error) }
        }
        self.finish(result)
        return result
      }
      contents.state.begin()
      contents.cancel = { task.cancel() }
      return task
    }
  }

  private func finish<R>(_ result: Result<R, any Error>) {
    let hasCompleted = if case .success = result { true } else { false }
    update { $0.end(hasCompleted: hasCompleted, at: .realNow) }
    // The lab holds the task, which holds the lab.
    contents.withLock { $0.cancel = nil }
    decided.send()
    concluded.send()
  }

  /// The time for a stage is up: on the watchdog's thread.
  func giveUp(_ stage: LabState.Stage) {
    let load = LoadGauge.end(at: .realNow)
    guard update({ $0.giveUp(stage, at: load) }) else { return }
    decided.send()
    concluded.send()
  }

  /// Whether the operation was cancelled on purpose.
  var hasCancelled: Bool { contents.withLock { $0.state.cancellation != nil } }

  /// Whether the operation has ended or was given up, so that what is left of it is a finding.
  var isOver: Bool { contents.withLock { $0.state.end != nil || $0.state.verdict != nil } }

  /// The state as it is now.
  var snapshot: LabState { contents.withLock { $0.state } }

  /// What the operation has left undone, once it has ended.
  var debts: [CancellationFinding] {
    let state = snapshot
    return state.end == nil ? [] : state.debts + permitFindings
  }

  /// What has become of the leave to pass that gates had.
  var permitFindings: [CancellationFinding] {
    // The gates have locks of their own.
    contents.withLock { $0.permits }.compactMap(\.finding)
  }
}
