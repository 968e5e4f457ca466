import Waiters

/// What a wait for a message led to, for a caller who decides what that means.
public enum WSOutcome: Sendable {
  /// The message.
  case message(WSMessage)
  /// The deadline passed.
  case timedOut
  /// The WebSocket ended first.
  case ended(WSClosure)
  /// The task was cancelled.
  case cancelled
}

extension WSSocket {
  /// Waits for the next message; hands back what came of it, and fails nothing.
  public func outcomeOfNext(within duration: Duration? = nil) async -> WSOutcome {
    let outcome = await connection.inbox.outcomeOfFirst(
      where: { inbound in
        switch inbound {
        case .message, .ended: true
        case .pong: false
        }
      }, within: duration)
    switch outcome {
    case .value(.message(let message)): return .message(message)
    case .timedOut: return .timedOut
    case .cancelled: return .cancelled
    case .value, .closed:
      guard let closure = connection.closure else {
        preconditionFailure("the inbox ended before the connection")
      }
      return .ended(closure)
    }
  }
}

extension WSConnection.Inbound {
  var message: WSMessage? {
    if case .message(let message) = self { message } else { nil }
  }

  var isEnd: Bool {
    if case .ended = self { true } else { false }
  }
}

extension WSMessage {
  /// The message's text, read as JSON, as a Swift type.
  func decode<T: Decodable>(_ type: T.Type) throws -> T {
    try JSONValue(parsing: bytes).decode(type)
  }
}
