import HarnessLock

/// Texts gathered by a closure that may run anywhere.
final class TextBox: Sendable {
  private let texts = Lock<[String]>([])

  var all: [String] { texts.withLock { $0 } }

  func append(_ text: String) {
    texts.withLock { $0.append(text) }
  }
}
