/// Where every sixteenth child of a large container stands, so that an index leads there at once.
///
/// Filled while the text is scanned and never after, so that values can be shared between threads without
/// a lock.
struct JSONStrides {
  static let stride = 16
  /// Containers with fewer children are walked.
  static let threshold = 64

  private struct Entry {
    let container: UInt32
    let offset: UInt32
  }

  private var entries: [Entry] = []
  private var starts: [UInt32] = []

  /// The noted children of the containers that are open, outermost first.
  private var open: [UInt32] = []

  /// How many children of open containers are noted.
  @inline(__always)
  var pending: Int { open.count }

  /// Notes that the sixteenth child, the thirty-second and so on of the innermost container is the next
  /// token.
  @inline(never)
  mutating func note(child: Int) {
    open.append(UInt32(child))
  }

  /// Lets go of the notes of the innermost container, or keeps them.
  @inline(never)
  mutating func close(_ container: Int, notedBefore: Int, isKept: Bool) {
    if isKept {
      entries.append(Entry(container: UInt32(container), offset: UInt32(starts.count)))
      starts.append(UInt32(container + 1))
      starts += open[notedBefore...]
    }
    open.removeLast(open.count - notedBefore)
  }

  /// Puts the containers in the order of the text: they were noted when they closed.
  mutating func finish() {
    entries.sort { $0.container < $1.container }
  }

  /// The last noted child at or before a position, and its position; nil for a small container.
  func start(of position: Int, in container: Int) -> (child: Int, position: Int)? {
    guard let offset = offset(of: container) else { return nil }
    let step = position / Self.stride
    return (Int(starts[offset + step]), step * Self.stride)
  }

  /// The last noted child that stands at or before a token, and its position; nil for a small container.
  func start(before token: Int, in container: Int, children: Int) -> (child: Int, position: Int)? {
    guard let offset = offset(of: container) else { return nil }
    var low = 0
    var high = (children - 1) / Self.stride
    while low < high {
      let middle = (low + high + 1) / 2
      if Int(starts[offset + middle]) <= token { low = middle } else { high = middle - 1 }
    }
    return (Int(starts[offset + low]), low * Self.stride)
  }

  private func offset(of container: Int) -> Int? {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if Int(entries[middle].container) < container { low = middle + 1 } else { high = middle }
    }
    guard low < entries.count, Int(entries[low].container) == container else { return nil }
    return Int(entries[low].offset)
  }
}
