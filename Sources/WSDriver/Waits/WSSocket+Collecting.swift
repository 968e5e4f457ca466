import HTTPDriver
import HarnessLock
import HarnessReporting
public import HarnessWebSocket
import Waiters

/// Waits for several messages. One that fails takes none: what came stays, in its order.
extension WSSocket {
  /// Waits for so many messages, and gives them in order.
  ///
  /// - Throws: After the test has failed at this line.
  public func collect(
    count: Int, within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws -> [WSMessage] {
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    if count <= 0 { return [] }
    // Counts messages alone: the answer to a ping that nobody waits for any more may lie between them.
    let missing = Lock(count)
    return try await collect({ "\(count) messages" }, within: duration, at: site) { _ in
      missing.withLock { missing in
        missing -= 1
        return missing == 0
      }
    }
  }

  /// Waits for so many messages, each of which must be JSON that fits the type, and gives them in order.
  ///
  /// - Throws: After the test has failed at this line.
  public func collect<T: Decodable>(
    _ type: T.Type, count: Int, within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws -> [T] {
    let messages = try await collect(
      count: count, within: duration, fileID: fileID, filePath: filePath, line: line,
      column: column)
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    return try await decode(messages, as: type, at: site)
  }

  /// Waits for a message that `isLast` accepts, and gives it with all that came before it.
  ///
  /// `isLast` must be pure and quick, and must not use the WebSocket.
  ///
  /// - Throws: After the test has failed at this line.
  public func collect(
    until isLast: @escaping @Sendable (WSMessage) -> Bool, within duration: Duration? = nil,
    fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
    column: UInt = #column
  ) async throws -> [WSMessage] {
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    return try await collect({ "the last message" }, within: duration, at: site, isLast)
  }

  /// Waits for a message that `isLast` accepts, and gives it with all that came before it.
  ///
  /// Every message must be JSON that fits the type; the first that does not fails the test at once.
  ///
  /// ```swift
  /// let progress = try await socket.collect(Progress.self, until: \.isTerminal, within: .seconds(30))
  /// ```
  ///
  /// - Throws: After the test has failed at this line.
  public func collect<T: Decodable & SendableMetatype>(
    _ type: T.Type, until isLast: @escaping @Sendable (T) -> Bool, within duration: Duration? = nil,
    fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
    column: UInt = #column
  ) async throws -> [T] {
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    let messages = try await collect({ "the last \(type)" }, within: duration, at: site) {
      message in
      (try? message.decode(type)).map(isLast) ?? true
    }
    return try await decode(messages, as: type, at: site)
  }

  /// Waits until the WebSocket ends, and gives the messages that came until then and were not taken.
  ///
  /// How it ended is ``closure``.
  ///
  /// - Throws: After the test has failed at this line, when it does not end by the deadline.
  public func collectUntilClose(
    within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws -> [WSMessage] {
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    let deadline = Deadline.effective(within: duration)
    let outcome = await connection.inbox.outcomeOfCollect(within: duration, until: \.isEnd)
    switch outcome {
    case .value(let inbound): return open(inbound)
    case .closed:
      // The end itself has been taken by an earlier wait; what came before it lies there still.
      var messages: [WSMessage] = []
      while case .message(let message) = await outcomeOfNext(within: duration) {
        messages.append(message)
      }
      return messages
    case .timedOut: throw await failure("the WebSocket did not end within \(deadline)", at: site)
    case .cancelled: throw CancellationError()
    }
  }

  /// Waits until the WebSocket ends, and gives the messages that came until then as a Swift type.
  ///
  /// - Throws: After the test has failed at this line, when it does not end by the deadline, and when a message is
  ///   not JSON that fits the type.
  public func collectUntilClose<T: Decodable>(
    _ type: T.Type, within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws -> [T] {
    let messages = try await collectUntilClose(
      within: duration, fileID: fileID, filePath: filePath, line: line, column: column)
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    return try await decode(messages, as: type, at: site)
  }

  /// Waits for a message that `isLast` accepts; it is asked once for each message, in order.
  ///
  /// `wanted` is what a failure says did not come, and `details` what else it says.
  func collect(
    _ wanted: () -> String, within duration: Duration?, at site: CallSite,
    details: () -> [(String, String)] = { [] },
    _ isLast: @escaping @Sendable (WSMessage) -> Bool
  ) async throws -> [WSMessage] {
    let deadline = Deadline.effective(within: duration)
    switch await outcomeOfCollect(within: duration, isLast) {
    case .value(let messages): return messages
    case .closed:
      let ending = connection.closure.map { "\($0)" } ?? "closed"
      throw await failure(
        "\(wanted()) did not come, the WebSocket had ended: \(ending)", details: details(),
        isWaiting: true, at: site)
    case .timedOut:
      throw await failure(
        "\(wanted()) did not come within \(deadline)", details: details(), isWaiting: true,
        at: site)
    case .cancelled: throw CancellationError()
    }
  }

  /// Waits for a message that `isLast` accepts, which is asked once for each message, in order; fails nothing.
  func outcomeOfCollect(
    within duration: Duration?, _ isLast: @escaping @Sendable (WSMessage) -> Bool
  ) async -> WaitOutcome<[WSMessage]> {
    let outcome = await connection.inbox.outcomeOfCollect(within: duration) { inbound in
      switch inbound {
      case .message(let parcel): parcel.message.map(isLast) ?? false
      // The inbox is closed right behind the end, which leaves everything where it is.
      case .ended: false
      }
    }
    return outcome.map(open)
  }

  private func open(_ inbound: [WSConnection.Inbound]) -> [WSMessage] {
    inbound.compactMap(\.parcel).map(connection.open)
  }

  private func decode<T: Decodable>(
    _ messages: [WSMessage], as type: T.Type, at site: CallSite
  ) async throws -> [T] {
    var values: [T] = []
    for message in messages { values.append(try await decode(message, as: type, at: site)) }
    return values
  }
}
