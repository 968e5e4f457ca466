import DequeModule

/// The waits of a machine with what each of them asks for, in the order in which they came.
struct WaiterQueue<Element> {
  struct Entry {
    let id: WaiterID
    var element: Element
  }

  // Ids ascend, so an entry is found by bisection.
  private(set) var entries: Deque<Entry> = []

  var isEmpty: Bool { entries.isEmpty }
  var ids: [WaiterID] { entries.map(\.id) }
  var indices: Range<Int> { entries.indices }

  subscript(index: Int) -> Element {
    get { entries[index].element }
    _modify { yield &entries[index].element }
  }

  subscript(id: WaiterID) -> Element? {
    index(of: id).map { entries[$0].element }
  }

  mutating func append(_ id: WaiterID, _ element: Element) {
    entries.append(Entry(id: id, element: element))
  }

  mutating func popFirst() -> WaiterID? { entries.popFirst()?.id }

  @discardableResult
  mutating func remove(at index: Int) -> Entry { entries.remove(at: index) }

  mutating func remove(_ id: WaiterID) -> Element? {
    index(of: id).map { entries.remove(at: $0).element }
  }

  mutating func removeAll() -> Deque<Entry> {
    defer { entries = [] }
    return entries
  }

  /// Removes the entries that match; gives their ids in order.
  mutating func removeAll(where matches: (Element) -> Bool) -> [WaiterID] {
    var removed: [WaiterID] = []
    // Each is asked once: a condition that answers otherwise the second time would lose its wait.
    entries.removeAll { entry in
      guard matches(entry.element) else { return false }
      removed.append(entry.id)
      return true
    }
    return removed
  }

  private func index(of id: WaiterID) -> Int? {
    var range = entries.indices
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      if entries[middle].id == id { return middle }
      range =
        entries[middle].id < id ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return nil
  }
}

extension WaiterQueue: Sendable where Element: Sendable {}
extension WaiterQueue.Entry: Sendable where Element: Sendable {}
