import HTTPDriver
import HarnessReporting
public import HarnessWebSocket
import Waiters

extension WSSocket {
  /// Waits for the peer's close frame, and expects it to have this code; and this reason, where one is
  /// given.
  ///
  /// Messages that have not been taken stay: ``next(within:fileID:filePath:line:column:)`` still gives them.
  ///
  /// 1005 expects a close frame without a code, and 1006 the end of the connection without a close frame. A
  /// rule that the peer broke is never expected: the code is then one that this side closed with.
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
    let closure = try await waitForEnd("close frame", within: duration, at: site)
    switch closure.cause {
    case .violation, .overflow:
      let peer = connection.context.role.peer == .server ? "server" : "client"
      throw await failure("\(closure), expected the \(peer) to close with \(code)", at: site)
    case .closeFrame, .connectionClosed, .connectionReset, .connectionBroken: break
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

  /// Waits until the peer has broken a rule, which this side answers by closing with this code.
  ///
  /// - Returns: How the WebSocket ended; its cause names the rule.
  /// - Throws: After the test has failed at this line, when the WebSocket does not end by the deadline, and when it
  ///   ends in another way.
  @discardableResult
  public func expectViolation(
    code: WSCloseCode, within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws -> WSClosure {
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    let closure = try await waitForEnd("breach of a rule", within: duration, at: site)
    guard case .violation = closure.cause, closure.code == code else {
      throw await failure(
        "\(closure), expected a breach of a rule that is answered with \(code)", at: site)
    }
    return closure
  }

  private func waitForEnd(
    _ wanted: String, within duration: Duration?, at site: CallSite
  ) async throws -> WSClosure {
    let deadline = Deadline.effective(within: duration)
    switch await connection.inbox.outcomeOfFirst(within: duration, where: \.isEnd) {
    case .value, .closed: break
    case .timedOut: throw await failure("no \(wanted) within \(deadline)", at: site)
    case .cancelled: throw CancellationError()
    }
    guard let closure = connection.closure else {
      preconditionFailure("the inbox ended before the connection")
    }
    return closure
  }
}
