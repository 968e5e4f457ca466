import HTTPDriver
import HarnessReporting
import Waiters

extension WSSocket {
  /// Waits for the service's close frame, and expects it to have this code; and this reason, where one is
  /// given.
  ///
  /// Messages that have not been taken stay: ``next(within:fileID:filePath:line:column:)`` still gives them.
  ///
  /// 1005 expects a close frame without a code, and 1006 the end of the connection without a close frame. A
  /// rule that the service broke is never expected: the code is then one that this side closed with.
  ///
  /// - Returns: How the WebSocket ended.
  /// - Throws: After the test has failed at this line, when the WebSocket does not end by the deadline, and
  ///   when it ends in another way.
  @discardableResult
  public func expectClose(
    code: WSCloseCode = .normalClosure, reason: String? = nil, within duration: Duration? = nil,
    fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
    column: UInt = #column
  ) async throws -> WSClosure {
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    let deadline = Deadline.effective(within: duration)
    switch await connection.inbox.outcomeOfFirst(where: \.isEnd, within: duration) {
    case .value, .closed: break
    case .timedOut: throw await failure("no close frame within \(deadline)", at: site)
    case .cancelled: throw CancellationError()
    }
    guard let closure = connection.closure else {
      preconditionFailure("the inbox ended before the connection")
    }
    if case .violation = closure.cause {
      throw await failure("\(closure), expected the server to close with \(code)", at: site)
    }
    guard closure.code == code else {
      throw await failure("\(closure), expected \(code)", at: site)
    }
    if let reason, !reason.utf8.elementsEqual(closure.reason.utf8) {
      throw await failure(
        "the reason of the close frame differs",
        details: [
          ("expected", reason.debugDescription), ("actual", closure.reason.debugDescription),
        ], at: site)
    }
    return closure
  }

  /// Expects that no message is there that has not been taken, and that none is on its way.
  ///
  /// It sends a ping and looks at everything before the answer: messages are ordered, so what the service
  /// had sent by then has come. Many services answer pings in their protocol layer; so this proves that
  /// nothing had been sent, not that the service was done. Only a message that the service itself sends
  /// proves that. A WebSocket that has ended, or ends now, without a message is as expected.
  ///
  /// - Throws: After the test has failed at this line, when there is a message, and when the service does
  ///   not answer by the deadline.
  public func expectNone(
    within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws {
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    let deadline = Deadline.effective(within: duration)
    let barrier = connection.raiseBarrier()
    defer { if let barrier { connection.dropBarrier(barrier) } }
    let outcome = await connection.inbox.outcomeOfFirst(
      where: { inbound in
        switch inbound {
        case .message, .ended: true
        case .pong(let payload): payload == barrier
        }
      }, within: duration)
    switch outcome {
    case .value(.message(let message)):
      throw await failure(
        "a message, expected none",
        details: [("message", Excerpt.body(message.bytes, limit: 400))], at: site)
    case .value, .closed: return
    case .timedOut:
      let missing = barrier == nil ? "this side had closed, and no end" : "no answer to a ping"
      throw await failure("\(missing) within \(deadline)", at: site)
    case .cancelled: throw CancellationError()
    }
  }
}
