/// Something that helps to understand a failure and is too long for its message: a whole exchange, a
/// transcript, the actual side of a golden file.
///
/// It is written under ``Artifacts``, and its path is added to the message; in Swift Testing it is an
/// attachment too.
public struct Evidence: Sendable {
  /// A file name with its extension, such as `exchange.txt`.
  public let name: String
  /// What the file will hold.
  public let bytes: [UInt8]
  /// Whether it is an attachment alone, because it has a file elsewhere.
  package let isAttachedOnly: Bool

  /// Makes evidence of bytes.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    isAttachedOnly = false
  }

  /// Makes evidence that is written by its owner, and here an attachment alone.
  package init(attaching name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    isAttachedOnly = true
  }

  /// Makes evidence of text, stored as UTF-8.
  public init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }
}
