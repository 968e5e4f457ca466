import HarnessLock

/// What a closure that may run anywhere has gathered.
public final class Collected<Element: Sendable>: Sendable {
  private let elements = Lock<[Element]>([])

  /// Makes an empty collection.
  public init() {}

  /// All of it so far.
  public var all: [Element] { elements.withLock { $0 } }

  /// Adds an element.
  public func append(_ element: Element) {
    elements.withLock { $0.append(element) }
  }
}
