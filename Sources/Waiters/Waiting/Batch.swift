/// None, one or many in order: nearly always one, which costs no allocation.
struct Batch<Element>: Sequence {
  private var first: Element?
  private var rest: [Element] = []

  init() {}

  init(_ element: Element) {
    first = element
  }

  init(_ elements: some Sequence<Element>) {
    for element in elements { append(element) }
  }

  mutating func append(_ element: Element) {
    if first == nil { first = element } else { rest.append(element) }
  }

  mutating func append(contentsOf other: Batch) {
    for element in other { append(element) }
  }

  static func + (first: Batch, second: Batch) -> Batch {
    var sum = first
    sum.append(contentsOf: second)
    return sum
  }

  struct Iterator: IteratorProtocol {
    fileprivate var first: Element?
    fileprivate var rest: IndexingIterator<[Element]>

    mutating func next() -> Element? {
      guard let element = first else { return rest.next() }
      first = nil
      return element
    }
  }

  func makeIterator() -> Iterator { Iterator(first: first, rest: rest.makeIterator()) }
}

extension Batch: Sendable where Element: Sendable {}
