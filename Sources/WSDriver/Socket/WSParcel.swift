import HarnessLock
import HarnessWebSocket

/// A message on its way to the test, which is handed over once.
///
/// The inbox remembers its newest events for a while. What it remembers of a message that has been taken is this
/// empty parcel, and not up to 100 times the longest message.
final class WSParcel: Sendable {
  /// When its last byte came.
  let time: ContinuousClock.Instant
  private let contents: Lock<WSMessage?>

  init(_ message: WSMessage, at time: ContinuousClock.Instant) {
    self.time = time
    contents = Lock(message)
  }

  /// The message; nil once it has been taken.
  var message: WSMessage? { contents.withLock { $0 } }

  /// Takes the message out.
  func take() -> WSMessage? {
    contents.withLock { message in
      defer { message = nil }
      return message
    }
  }
}

extension WSMessage {
  /// The payload's size in bytes.
  var size: Int {
    switch self {
    case .text(let text): text.utf8.count
    case .binary(let bytes): bytes.count
    }
  }
}
