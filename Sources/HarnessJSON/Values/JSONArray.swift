/// The elements of a JSON array, in order.
///
/// Those of a parsed document are made when somebody asks for them, so that reading one place of a large
/// document does not pay for the rest. An index leads to its element in constant time. An array that is
/// changed makes its elements first, those inside them not.
///
/// Source: RFC 8259, section 5.
public struct JSONArray: Sendable {
  enum Storage: Sendable {
    /// The place of the array's token on a tape.
    case tape(JSONTape, UInt32)
    case elements([JSONValue])
  }

  private(set) var storage: Storage

  /// Makes an empty array.
  public init() {
    storage = .elements([])
  }

  /// Makes an array of elements.
  public init(_ elements: some Sequence<JSONValue>) {
    storage = .elements(Array(elements))
  }

  init(tape: JSONTape, at index: Int) {
    storage = .tape(tape, UInt32(truncatingIfNeeded: index))
  }

  /// The elements, made on the first change.
  private var elements: [JSONValue] {
    get {
      switch storage {
      case .elements(let elements): elements
      case .tape: Array(self)
      }
    }
    _modify {
      var elements = elements
      // Lets go of the other reference, so that a change does not copy.
      storage = .elements([])
      defer { storage = .elements(elements) }
      yield &elements
    }
  }
}

extension JSONArray: RandomAccessCollection, MutableCollection, RangeReplaceableCollection {
  /// Gives the elements one after another.
  public struct Iterator: IteratorProtocol, Sendable {
    private let tape: JSONTape?
    private let elements: [JSONValue]
    /// The index of the next token or element.
    private var position: Int
    private let end: Int

    @inline(__always)
    init(_ array: JSONArray) {
      switch array.storage {
      case .tape(let tape, let index):
        self.tape = tape
        elements = []
        position = Int(index) + 1
        end = tape[Int(index)].payload - 1
      case .elements(let elements):
        tape = nil
        self.elements = elements
        position = 0
        end = elements.count
      }
    }

    /// The next element, or nil after the last.
    @inline(__always)
    public mutating func next() -> JSONValue? {
      guard position < end else { return nil }
      let index = position
      guard let tape else {
        position += 1
        return elements[index]
      }
      position = tape.next(index)
      return tape.value(at: index)
    }
  }

  /// An iterator over the elements.
  public func makeIterator() -> Iterator { Iterator(self) }

  /// 0, the index of the first element.
  public var startIndex: Int { 0 }

  /// How many elements there are.
  public var count: Int {
    switch storage {
    case .tape(let tape, let index): tape.childCount(Int(index))
    case .elements(let elements): elements.count
    }
  }

  /// The index after the last element.
  public var endIndex: Int { count }

  /// The element at an index.
  public subscript(position: Int) -> JSONValue {
    get {
      switch storage {
      case .tape(let tape, let index):
        precondition(position >= 0 && position < count, "index \(position) of \(count) elements")
        return tape.value(at: tape.child(position, of: Int(index)))
      case .elements(let elements): return elements[position]
      }
    }
    _modify { yield &elements[position] }
  }

  /// Puts other elements in the place of some.
  public mutating func replaceSubrange(
    _ subrange: Range<Int>, with newElements: some Collection<JSONValue>
  ) {
    elements.replaceSubrange(subrange, with: newElements)
  }
}

extension JSONArray: ExpressibleByArrayLiteral {
  /// Makes an array of elements.
  public init(arrayLiteral elements: JSONValue...) { self.init(elements) }
}

extension JSONArray: CustomStringConvertible {
  /// The compact text of the array.
  public var description: String { JSONValue.array(self).compactText }
}
