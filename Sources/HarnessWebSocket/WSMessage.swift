/// A whole message, put together from its frames.
public enum WSMessage: Sendable, Hashable {
  /// A text message; what is not UTF-8 does not get this far.
  case text(String)
  /// A binary message.
  case binary([UInt8])

  /// The text; nil for a binary message.
  public var text: String? {
    if case .text(let text) = self { text } else { nil }
  }

  /// The payload, of either kind.
  public var bytes: [UInt8] {
    switch self {
    case .text(let text): Array(text.utf8)
    case .binary(let bytes): bytes
    }
  }
}
