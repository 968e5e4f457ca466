/// The beginning and the end of what a process wrote to one stream; what lies between is counted.
package struct CapturedOutput: Sendable, Equatable {
  private let headCapacity: Int
  private let tailCapacity: Int
  private var head: [UInt8] = []
  // Up to twice its capacity, so that it is cut rarely.
  private var recent: [UInt8] = []
  /// How many bytes were written.
  package private(set) var count = 0

  /// Keeps up to 256 KiB of either end.
  init(head: Int = 256 << 10, tail: Int = 256 << 10) {
    headCapacity = head
    tailCapacity = tail
  }

  /// Takes in the next bytes.
  mutating func append(_ bytes: some Collection<UInt8>) {
    count += bytes.count
    let toHead = min(headCapacity - head.count, bytes.count)
    head += bytes.prefix(toHead)
    recent += bytes.dropFirst(toHead)
    if recent.count > 2 * tailCapacity { recent.removeFirst(recent.count - tailCapacity) }
  }

  /// How many bytes between the beginning and the end are not here.
  package var omitted: Int { count - head.count - min(recent.count, tailCapacity) }

  /// The bytes that are here: all of them, or the beginning and the end.
  package var bytes: [UInt8] { head + recent.suffix(tailCapacity) }

  /// The text, repaired where it is not UTF-8; it says how much is left out, and where.
  package var text: String {
    let tail = recent.suffix(tailCapacity)
    guard omitted > 0 else { return String(decoding: head + tail, as: UTF8.self) }
    return """
      \(String(decoding: head, as: UTF8.self))
      … \(omitted) bytes left out …
      \(String(decoding: tail, as: UTF8.self))
      """
  }
}
