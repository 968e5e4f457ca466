public import HTTPDriver
import HarnessReporting
import Waiters

/// An open WebSocket, in the scope of ``WSDriver/connect(_:headers:subprotocols:within:fileID:filePath:line:column:_:)``.
///
/// Its waits end when the message is there, and fail the test at the caller's line when the deadline passes
/// or the connection ends first. `within:` is the deadline of one wait; nil leaves it to the `withDeadline`
/// scope, and outside of every scope to the default of 10 s. A wait whose task is cancelled throws
/// `CancellationError` and fails nothing.
public struct WSSocket: Sendable {
  let connection: WSConnection

  init(_ connection: WSConnection) {
    self.connection = connection
  }

  /// The exchange that opened the WebSocket; nil in the script of a server.
  public var handshake: HTTPExchange? { connection.context.exchange }

  /// The request that asked for the WebSocket.
  public var request: HTTPRequest { connection.context.request }

  /// The subprotocol that was chosen; nil when none was.
  public var subprotocol: String? {
    connection.context.response.headerFields[.secWebSocketProtocol]
  }

  /// What was agreed on of permessage-deflate; nil without compression.
  public var compression: WSDeflate.Agreement? { connection.context.deflate }

  /// How the WebSocket ended; nil while it is open.
  public var closure: WSClosure? { connection.closure }

  /// The frames of both directions so far, a line for each: the time since the handshake, the direction,
  /// what it is, its size, and its head.
  public var transcript: String { connection.transcript.lines().joined(separator: "\n") }

  /// Sends a text message.
  ///
  /// - Throws: After the test has failed at this line, when the WebSocket has ended.
  public func send(
    text: String, fileID: StaticString = #fileID, filePath: StaticString = #filePath,
    line: UInt = #line, column: UInt = #column
  ) throws {
    try send(
      .text(text), at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// Sends a binary message.
  ///
  /// - Throws: After the test has failed at this line, when the WebSocket has ended.
  public func send(
    binary: [UInt8], fileID: StaticString = #fileID, filePath: StaticString = #filePath,
    line: UInt = #line, column: UInt = #column
  ) throws {
    try send(
      .binary(binary), at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// Sends a JSON value, which may be written as a literal, as a text message.
  ///
  /// - Throws: After the test has failed at this line, when the WebSocket has ended.
  public func send(
    json: JSONValue, fileID: StaticString = #fileID, filePath: StaticString = #filePath,
    line: UInt = #line, column: UInt = #column
  ) throws {
    try send(
      .text(json.compactText),
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// Sends a value as JSON in a text message.
  ///
  /// - Throws: After the test has failed at this line, when the WebSocket has ended; `EncodingError`.
  @_disfavoredOverload
  public func send(
    json: some Encodable, fileID: StaticString = #fileID, filePath: StaticString = #filePath,
    line: UInt = #line, column: UInt = #column
  ) throws {
    try send(
      json: JSONValue(encoding: json), fileID: fileID, filePath: filePath, line: line,
      column: column)
  }

  /// Sends a close frame; the service's own close frame can be awaited by ``expectClose(code:reason:within:fileID:filePath:line:column:)``.
  ///
  /// `WSCloseCode.noCode` sends a close frame without a code, and so without a reason. Of a reason, 123 bytes
  /// are sent.
  public func close(_ code: WSCloseCode = .normalClosure, reason: String = "") {
    connection.close(code == .noCode ? nil : code, reason: reason)
  }

  private func send(_ message: WSMessage, at site: CallSite) throws {
    if let closure = connection.closure {
      throw failure("not sent, the WebSocket had ended: \(closure)", at: site)
    }
    guard connection.send(message) else {
      // The peer's close may have come just now.
      let reason =
        connection.closure.map { "the WebSocket had ended: \($0)" }
        ?? "this side had closed the WebSocket"
      throw failure("not sent, \(reason)", at: site)
    }
  }
}
