import Foundation
import Testing

/// Runs `body`, which must fail the test, and gives the texts of its failures instead, without the lines that name
/// files of evidence.
func failureTexts(
  _ body: @escaping @Sendable () async throws -> Void,
  sourceLocation: SourceLocation = #_sourceLocation
) async throws -> [String] {
  let texts = Kept<String>()
  try await withKnownIssue(sourceLocation: sourceLocation) {
    try await body()
  } matching: { issue in
    texts.append(issue.comments.map(\.rawValue).joined(separator: "\n"))
    return true
  }
  return texts.all.map { text in
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("  evidence  ") }.joined(separator: "\n")
  }
}

/// What closures that may run anywhere have told, in order.
final class Kept<Element: Sendable>: @unchecked Sendable {
  // Safe to send: the elements are touched under the lock alone.
  private let lock = NSLock()
  private var elements: [Element] = []

  var all: [Element] { lock.withLock { elements } }

  func append(_ element: Element) {
    lock.withLock { elements.append(element) }
  }
}
