import HTTPDriver
import HarnessLock
import HarnessReporting
import Waiters

/// Many WebSockets of one service, open at once.
///
/// See ``WSDriver/WSDriver/connectMany(_:headers:within:fileID:filePath:line:column:path:_:)``.
public struct WSCrowd: Sendable {
  /// The WebSockets, in the order of their numbers.
  public let sockets: [WSSocket]
  /// How long the opening of each took.
  public let opening: LatencyHistogram
  let reporter: Reporter

  /// Sends something to the service that it tells everybody, and measures how long it takes to reach each one.
  ///
  /// The time of a message is taken when its last byte came, not when the test looks at it.
  ///
  /// Each is to get a message that matches, and that comes after `trigger` was called; what else lies there stays.
  /// `within:` is how long it may take for all of them. The time begins when `trigger` is called, which makes the service
  /// send.
  ///
  /// - Returns: How long it took.
  /// - Throws: After the test has failed at this line, when one of them does not get it. What `trigger` throws.
  @discardableResult
  public func fanOut(
    _ pattern: WSPattern, within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column,
    after trigger: () async throws -> Void
  ) async throws -> LatencyHistogram {
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    let deadline = Deadline.effective(within: duration)
    if let problem = pattern.problem {
      throw await reporter.error(
        recording: Failure("no message can be \(pattern)\n  reason    \(problem)", at: site))
    }
    let start = ContinuousClock.now
    try await trigger()
    var histogram = LatencyHistogram()
    var missing: [(number: Int, reason: String)] = []
    for (number, socket) in sockets.enumerated() {
      switch await socket.arrival(of: pattern, since: start, by: deadline) {
      case .came(let time): histogram.record(start.duration(to: time))
      case .missing(let reason): missing.append((number, reason))
      case .cancelled: throw CancellationError()
      }
    }
    guard let first = missing.first else { return histogram }
    throw await reporter.error(
      recording: Failure(
        """
        \(missing.count) of \(sockets.count) WebSockets did not get \(pattern) within \(deadline)
          missing   \(Self.numbers(of: missing))
          first     number \(first.number): \(first.reason)
          others    \(histogram)
        """, at: site))
  }
}

extension WSCrowd {
  /// The first of those that did not get it.
  private static func numbers(of missing: [(number: Int, reason: String)]) -> String {
    let shown = missing.prefix(20).map { "\($0.number)" }.joined(separator: ", ")
    return missing.count > 20 ? "\(shown) and \(missing.count - 20) more" : shown
  }
}

extension WSDriver {
  /// Opens so many WebSockets, runs `body` with them, and closes them.
  ///
  /// A process needs a file descriptor for each: `ulimit -n` says how many it may have.
  ///
  /// `path` gives the path of each, by its number from 0. `within:` is how long the opening of each may take.
  ///
  /// - Returns: What `body` returns.
  /// - Throws: After the test has failed at this line, once, when one of them does not open. What `body` throws.
  @discardableResult
  public func connectMany<R>(
    _ count: Int, headers: HTTPFields = [:], within duration: Duration? = nil,
    fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
    column: UInt = #column, path: @escaping @Sendable (Int) -> String,
    _ body: (WSCrowd) async throws -> R
  ) async throws -> R {
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    let (openings, opening) = await openMany(count, headers, within: duration, path)
    var connections: [WSConnection] = []
    var faults: [(number: Int, reason: String)] = []
    for (number, result) in openings.enumerated() {
      switch result {
      case .open(let connection, _): connections.append(connection)
      case .refused(let refusal): faults.append((number, refusal.reason))
      case .failed(let error): faults.append((number, error.reason))
      case .cancelled: faults.append((number, "cancelled"))
      }
    }
    let result: Result<R, any Error>
    if let fault = faults.first {
      let text = """
        \(faults.count) of \(count) WebSockets did not open
          first     number \(fault.number): \(fault.reason)
          all       \(opening)
        """
      result =
        Task.isCancelled
        ? .failure(CancellationError())
        : .failure(await http.reporter.error(recording: Failure(text, at: site)))
    } else {
      do {
        let crowd = WSCrowd(
          sockets: connections.map(WSSocket.init), opening: opening, reporter: http.reporter)
        result = .success(try await body(crowd))
      } catch {
        result = .failure(error)
      }
    }
    let isGood = if case .success = result { true } else { false }
    await withDiscardingTaskGroup { group in
      for connection in connections {
        group.addTask { await connection.finish(inGoodOrder: isGood) }
      }
    }
    return try result.get()
  }

  /// Opens them, so many at a time that a listener's backlog holds them.
  private func openMany(
    _ count: Int, _ headers: HTTPFields, within duration: Duration?,
    _ path: @escaping @Sendable (Int) -> String
  ) async -> ([Opening], LatencyHistogram) {
    var openings = [Opening?](repeating: nil, count: max(count, 0))
    var histogram = LatencyHistogram()
    await withTaskGroup(of: (Int, Opening, Duration).self) { group in
      var next = 0
      func add() {
        guard next < count else { return }
        let number = next
        next += 1
        group.addTask {
          let start = ContinuousClock.now
          let opening = await open(path(number), headers, [], by: .effective(within: duration))
          return (number, opening, start.duration(to: .now))
        }
      }
      for _ in 0..<64 { add() }
      for await (number, opening, took) in group {
        openings[number] = opening
        histogram.record(took)
        add()
      }
    }
    return (openings.compactMap(\.self), histogram)
  }
}

extension WSSocket {
  enum Arrival {
    case came(ContinuousClock.Instant)
    case missing(String)
    case cancelled
  }

  /// When a message that matches came, which is taken.
  func arrival(
    of pattern: WSPattern, since start: ContinuousClock.Instant, by deadline: Deadline
  ) async -> Arrival {
    let outcome = await connection.inbox.outcomeOfFirst(within: deadline.remainingBeforeScale) {
      inbound in
      switch inbound {
      case .message(let parcel):
        parcel.time >= start
          && parcel.message.map { pattern.fault(in: $0) == nil } ?? false
      case .ended: true
      }
    }
    switch outcome {
    case .value(.message(let parcel)):
      _ = connection.open(parcel)
      return .came(parcel.time)
    case .value, .closed: return .missing(connection.closure.map { "\($0)" } ?? "closed")
    case .timedOut: return .missing("it did not come")
    case .cancelled: return .cancelled
    }
  }
}
