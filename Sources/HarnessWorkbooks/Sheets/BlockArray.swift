/// A list that grows by whole blocks, so that growing copies nothing and never needs twice the memory.
struct BlockArray<Element: Sendable>: Sendable {
  private var full: [[Element]] = []
  private var last: [Element] = []

  private static var shift: Int { 14 }
  private static var size: Int { 1 << shift }

  init() {}

  init(_ elements: some Sequence<Element>) {
    for element in elements { append(element) }
  }

  var count: Int { full.count << Self.shift + last.count }
  var isEmpty: Bool { last.isEmpty && full.isEmpty }

  mutating func append(_ element: Element) {
    if last.count == Self.size {
      full.append(last)
      last = []
      last.reserveCapacity(Self.size)
    }
    last.append(element)
  }

  subscript(index: Int) -> Element {
    let block = index >> Self.shift
    return block < full.count ? full[block][index & (Self.size - 1)] : last[index & (Self.size - 1)]
  }

  /// Forgets the elements, and keeps the room of one block.
  mutating func clear() {
    full.removeAll()
    last.removeAll(keepingCapacity: true)
  }
}
