public import HarnessWebSocket
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
    await outcome(within: duration) { _ in true }
  }

  /// Waits for the first message that matches, and leaves the others in their order; hands back what came of it,
  /// and fails nothing.
  ///
  /// `matches` must be pure and quick, and must not use the WebSocket.
  public func outcomeOfFirst(
    where matches: @escaping @Sendable (WSMessage) -> Bool, within duration: Duration? = nil
  ) async -> WSOutcome {
    await outcome(within: duration, matches)
  }

  private func outcome(
    within duration: Duration?, _ matches: @escaping @Sendable (WSMessage) -> Bool
  ) async -> WSOutcome {
    let outcome = await connection.inbox.outcomeOfFirst(within: duration) { inbound in
      switch inbound {
      case .message(let parcel): parcel.message.map(matches) ?? false
      case .ended: true
      }
    }
    switch outcome {
    case .value(.message(let parcel)): return .message(connection.open(parcel))
    case .timedOut: return .timedOut
    case .cancelled: return .cancelled
    case .value, .closed:
      guard let closure = connection.closure else {
        preconditionFailure("the inbox ended before the connection")
      }
      return .ended(closure)
    }
  }

  /// Answers each message with what `reply` makes of it, nil for nothing, until the WebSocket ends.
  ///
  /// It is the loop of a server, so it has no deadline but that of a `withDeadline` scope; it ends when the task is
  /// cancelled.
  public func respond(_ reply: (WSMessage) async throws -> WSMessage?) async rethrows {
    while case .message(let message) = await outcomeOfNext(within: .seconds(315_360_000)) {
      if let answer = try await reply(message) { _ = connection.send(answer) }
    }
  }
}

extension WSConnection.Inbound {
  var parcel: WSParcel? {
    if case .message(let parcel) = self { parcel } else { nil }
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
