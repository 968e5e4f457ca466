import HTTPDriver
import HarnessReporting
public import HarnessWebSocket
import Waiters

extension WSSocket {
  /// Expects that no message is there that has not been taken, and that none is on its way.
  ///
  /// See ``expectNone(of:within:fileID:filePath:line:column:)`` for what this proves. A message that it finds has been
  /// taken.
  ///
  /// - Throws: After the test has failed at this line, when there is a message, and when the service does
  ///   not answer by the deadline.
  public func expectNone(
    within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws {
    try await expectNone(
      of: .any, within: duration, fileID: fileID, filePath: filePath, line: line, column: column)
  }

  /// Expects that no message of this kind is there, and that none is on its way; others may be, and stay.
  ///
  /// One that it finds has been taken.
  ///
  /// It sends a ping and looks at everything before the answer: messages are ordered, so what the service
  /// had sent by then has come. Many services answer pings in their protocol layer; so this proves that
  /// nothing had been sent, not that the service was done. Only a message that the service itself sends
  /// proves that: ``expectNone(of:before:within:fileID:filePath:line:column:)``. A WebSocket that has ended, or ends
  /// now, without such a message is as expected.
  ///
  /// - Throws: After the test has failed at this line, when there is such a message, and when the service does
  ///   not answer by the deadline.
  public func expectNone(
    of pattern: WSPattern, within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws {
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    try await check([pattern], at: site)
    let deadline = Deadline.effective(within: duration)
    if let parcel = takeFirst(pattern) { throw await unexpected(parcel, pattern, at: site) }
    let barrier = connection.raiseBarrier()
    defer { if let barrier { connection.dropBarrier(barrier) } }
    let outcome = await connection.controls.outcomeOfFirst(within: duration) { control in
      switch control {
      case .pong(let payload): payload == barrier
      case .ended: true
      case .ping: false
      }
    }
    // What came before the answer lies in the inbox by now.
    if let parcel = takeFirst(pattern) { throw await unexpected(parcel, pattern, at: site) }
    switch outcome {
    case .value, .closed: return
    case .timedOut:
      let missing = barrier == nil ? "this side had closed, and no end" : "no answer to a ping"
      throw await failure("\(missing) within \(deadline)", at: site)
    case .cancelled: throw CancellationError()
    }
  }

  /// Takes the oldest message that lies here and matches.
  private func takeFirst(_ pattern: WSPattern) -> WSParcel? {
    connection.inbox.takeFirst { inbound in
      inbound.parcel?.message.map { pattern.fault(in: $0) == nil } ?? false
    }?.parcel
  }

  /// Expects that no message of one kind comes before one of another, which the service sends when it is done.
  ///
  /// ```swift
  /// try socket.send(json: ["flush": true])
  /// try await socket.expectNone(of: .json(including: ["type": "error"]), before: .json(["flushed": true]))
  /// ```
  ///
  /// This proves more than a ping does: the service itself has come to the point where it sent the message.
  ///
  /// - Returns: The message that was waited for; all others stay in their order.
  /// - Throws: After the test has failed at this line, when a message of the first kind is there, and when none of
  ///   the second comes.
  @discardableResult
  public func expectNone(
    of pattern: WSPattern, before last: WSPattern, within duration: Duration? = nil,
    fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
    column: UInt = #column
  ) async throws -> WSMessage {
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    try await check([pattern, last], at: site)
    let deadline = Deadline.effective(within: duration)
    let outcome = await connection.inbox.outcomeOfFirst(within: duration) { inbound in
      switch inbound {
      case .message(let parcel):
        parcel.message.map { message in
          last.fault(in: message) == nil || pattern.fault(in: message) == nil
        } ?? false
      case .ended: true
      }
    }
    switch outcome {
    case .value(.message(let parcel)):
      if let message = parcel.message, last.fault(in: message) == nil {
        return connection.open(parcel)
      }
      throw await unexpected(parcel, pattern, at: site)
    case .value, .closed:
      let ending = connection.closure.map { "\($0)" } ?? "closed"
      throw await failure(
        "\(last) did not come, the WebSocket had ended: \(ending)", isWaiting: true, at: site)
    case .timedOut:
      throw await failure("\(last) did not come within \(deadline)", isWaiting: true, at: site)
    case .cancelled: throw CancellationError()
    }
  }

  private func unexpected(
    _ parcel: WSParcel, _ pattern: WSPattern, at site: CallSite
  ) async -> any Error {
    let message = connection.open(parcel)
    return await failure(
      pattern.description == WSPattern.any.description
        ? "a message, expected none" : "a message where none was expected that is \(pattern)",
      details: [("message", Excerpt.body(message.bytes, limit: 400))], at: site)
  }
}
