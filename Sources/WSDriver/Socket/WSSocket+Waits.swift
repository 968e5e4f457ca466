import HTTPDriver
import HarnessLock
import HarnessReporting
import Waiters

extension WSSocket {
  /// Waits for the next message.
  ///
  /// - Throws: After the test has failed at this line.
  public func next(
    within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws -> WSMessage {
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    let deadline = Deadline.effective(within: duration)
    switch await outcomeOfNext(within: duration) {
    case .message(let message): return message
    case .timedOut: throw await failure("no message within \(deadline)", at: site)
    case .ended(let closure):
      throw await failure("no message, the WebSocket had ended: \(closure)", at: site)
    case .cancelled: throw CancellationError()
    }
  }

  /// Waits for the next message, which must be JSON that fits the type.
  ///
  /// - Throws: After the test has failed at this line.
  public func next<T: Decodable>(
    _ type: T.Type, within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws -> T {
    let message = try await next(
      within: duration, fileID: fileID, filePath: filePath, line: line, column: column)
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    return try await decode(message, as: type, at: site)
  }

  /// Waits for so many messages, and gives them in order.
  ///
  /// - Throws: After the test has failed at this line.
  public func collect(
    count: Int, within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws -> [WSMessage] {
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    let deadline = Deadline.effective(within: duration)
    if count <= 0 { return [] }
    // Counts messages alone: the answer to a ping that nobody waits for any more may lie between them.
    let missing = Lock(count)
    let outcome = await connection.inbox.outcomeOfCollect(
      until: { inbound in
        switch inbound {
        case .message:
          missing.withLock { missing in
            missing -= 1
            return missing == 0
          }
        case .pong: false
        case .ended: true
        }
      }, within: duration)
    switch outcome {
    case .value(let inbound):
      if inbound.last?.isEnd != true { return inbound.compactMap(\.message) }
    case .closed: break
    case .timedOut:
      throw await failure("\(count) messages did not come within \(deadline)", at: site)
    case .cancelled: throw CancellationError()
    }
    throw await failure("\(count) messages did not come, \(ending)", at: site)
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
    let deadline = Deadline.effective(within: duration)
    let outcome = await connection.inbox.outcomeOfCollect(
      until: { inbound in
        switch inbound {
        case .message(let message): (try? message.decode(type)).map(isLast) ?? true
        case .pong: false
        case .ended: true
        }
      }, within: duration)
    switch outcome {
    case .value(let inbound):
      var values: [T] = []
      for message in inbound.compactMap(\.message) {
        values.append(try await decode(message, as: type, at: site))
      }
      if inbound.last?.isEnd != true { return values }
    case .closed: break
    case .timedOut:
      throw await failure("the last \(type) did not come within \(deadline)", at: site)
    case .cancelled: throw CancellationError()
    }
    throw await failure("the last \(type) did not come, \(ending)", at: site)
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
    let outcome = await connection.inbox.outcomeOfCollect(until: \.isEnd, within: duration)
    switch outcome {
    case .value(let inbound): return inbound.compactMap(\.message)
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

  /// How the WebSocket ended, as the second half of a sentence.
  private var ending: String {
    "the WebSocket had ended: \(connection.closure.map { "\($0)" } ?? "closed")"
  }

  private func decode<T: Decodable>(
    _ message: WSMessage, as type: T.Type, at site: CallSite
  ) async throws -> T {
    do {
      return try message.decode(type)
    } catch {
      throw await failure(
        "a message is no \(type)",
        details: [
          ("reason", decodingReason(error)),
          ("message", Excerpt.body(message.bytes, limit: 400)),
        ], at: site)
    }
  }
}
