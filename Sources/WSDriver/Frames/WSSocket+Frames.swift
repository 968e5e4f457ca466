public import HarnessWebSocket

/// What breaks the protocol on purpose.
extension WSSocket {
  /// Sends a frame as it is, right or wrong, also after a close frame.
  public func send(frame: WSFrame) {
    connection.send(frame)
  }

  /// Sends several frames as they are, in one write.
  public func send(frames: [WSFrame]) {
    connection.send(frames)
  }

  /// Sends bytes as they are; they need not be a frame.
  public func send(raw bytes: [UInt8]) {
    connection.send(raw: bytes)
  }

  /// Sends bytes in pieces of this size; each is written when the one before it has left.
  ///
  /// What this side sends meanwhile, the answers to pings among it, leaves behind them. Of two tasks that send in pieces
  /// at once, the pieces mix.
  ///
  /// - Returns: Whether all were written; false when the connection ended, the deadline passed or the task was
  ///   cancelled meanwhile.
  @discardableResult
  public func send(
    raw bytes: [UInt8], inPiecesOf size: Int, within duration: Duration? = nil
  ) async -> Bool {
    connection.note("\(bytes.count) bytes of the test's own, in pieces of \(size)")
    return await connection.send(raw: bytes, inPiecesOf: size, within: duration)
  }

  /// Sends a frame in pieces of this size; each is written when the one before it has left.
  ///
  /// - Returns: Whether all were written; false when the connection ended, the deadline passed or the task was
  ///   cancelled meanwhile.
  @discardableResult
  public func send(
    frame: WSFrame, inPiecesOf size: Int, within duration: Duration? = nil
  ) async -> Bool {
    await send(
      raw: frame.bytes(sentBy: connection.context.role), inPiecesOf: size, within: duration)
  }

  /// Sends the first bytes of a frame, and ends the connection.
  public func send(frame: WSFrame, cutAfter count: Int, then way: HangUp = .orderly) async {
    let bytes = frame.bytes(sentBy: connection.context.role)
    await send(raw: Array(bytes.prefix(count)), inPiecesOf: max(count, 1))
    hangUp(way)
  }
}
