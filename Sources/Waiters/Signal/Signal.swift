import HarnessReporting

/// Something that happens once, and that a test waits for.
///
/// The system under test, or a stand-in for a part of it, sends the value; every wait is given it, also a
/// wait that begins later.
///
/// ```swift
/// let started = Signal<Int>("server started")
/// server.onStart = started.send
/// let port = try await started.value()
/// ```
///
/// Make it in the test's body, so that its failures are shown under the test.
public final class Signal<Value: Sendable>: Sendable {
  let channel: Channel<SignalState>
  let kind: SignalState.Kind

  /// Makes a signal that has not been sent.
  ///
  /// - Parameter name: What failures call it.
  public convenience init(_ name: String) {
    self.init("Signal", name, .signal)
  }

  /// Makes a signal that failures speak of in words of its own.
  init(
    _ word: String, _ name: String, _ kind: SignalState.Kind, _ nature: ChannelNature = .plain
  ) {
    channel = Channel(word, name, SignalState(kind), nature)
    self.kind = kind
  }

  /// Makes a signal between parts of the harness, whose waits stand in no table.
  convenience init(inner name: String) {
    self.init("Signal", name, .signal, .inner)
  }

  /// Sends the value: from any thread, without waiting.
  ///
  /// The first value stays, and later ones are dropped.
  public func send(_ value: Value) {
    let box = ValueBox(value)
    channel.point.update { $0.send(box) }
  }

  /// Waits for the value.
  ///
  /// Without `within:` the ``withDeadline(_:_:fileID:filePath:line:column:_:)`` scope says how long, and
  /// outside of every scope it is 10 s. When the deadline passes or the task is cancelled, the test fails
  /// at the caller's line, and the wait throws.
  public func value(
    within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws -> Value {
    try await channel.value(
      of: .init(kind), within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    ).open(as: Value.self)
  }

  /// Waits for the value; hands back what came of it, and fails nothing.
  public func outcome(
    within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async -> WaitOutcome<Value> {
    await channel.outcome(
      of: .init(kind), within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    ).map { $0.open(as: Value.self) }
  }
}

extension Signal<Void> {
  /// Sends the signal: from any thread, without waiting.
  public func send() {
    send(())
  }
}
