/// The members of a JSON object in the order they were written, duplicates among them.
///
/// Those of a parsed document are made when somebody asks for them; looking for a name makes none.
///
/// Source: RFC 8259, section 4: names should be unique; where they are not, software behaves
/// unpredictably, so nothing is dropped here.
public struct JSONObject: Sendable {
  /// A name and its value.
  public struct Member: Sendable {
    /// The name, unescaped.
    public var name: String
    /// The value.
    public var value: JSONValue

    /// Makes a member.
    public init(name: String, value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  enum Storage: Sendable {
    /// The place of the object's token on a tape.
    case tape(JSONTape, UInt32)
    case members([Member])
  }

  private(set) var storage: Storage

  /// Makes an object of members, which may repeat a name.
  public init(_ members: [Member] = []) {
    storage = .members(members)
  }

  init(tape: JSONTape, at index: Int) {
    storage = .tape(tape, UInt32(truncatingIfNeeded: index))
  }

  /// The members in order.
  public var members: [Member] {
    get {
      switch storage {
      case .members(let members): members
      case .tape: Array(self)
      }
    }
    _modify {
      var members = members
      // Lets go of the other reference, so that a change does not copy.
      storage = .members([])
      defer { storage = .members(members) }
      yield &members
    }
  }

  /// The value of the last member with this name.
  ///
  /// Setting it changes that member in its place, or appends one; setting nil removes every member
  /// with the name. Names are compared by their UTF-8 bytes.
  public subscript(name: String) -> JSONValue? {
    get {
      switch storage {
      case .tape(let tape, let index):
        tape.lastValue(named: name, of: Int(index)).map { tape.value(at: $0) }
      case .members(let members):
        members.last { $0.name.hasSameBytes(as: name) }?.value
      }
    }
    set {
      guard let newValue else {
        members.removeAll { $0.name.hasSameBytes(as: name) }
        return
      }
      if let index = members.lastIndex(where: { $0.name.hasSameBytes(as: name) }) {
        members[index].value = newValue
      } else {
        members.append(Member(name: name, value: newValue))
      }
    }
  }

  /// The values of all members with this name, in order: more than one where the name is repeated.
  public func values(named name: String) -> [JSONValue] {
    switch storage {
    case .tape(let tape, let index):
      var values: [JSONValue] = []
      tape.forEachMember(of: Int(index), named: name) { values.append(tape.value(at: $0)) }
      return values
    case .members(let members):
      return members.filter { $0.name.hasSameBytes(as: name) }.map(\.value)
    }
  }

  /// The names that occur more than once, in the order of their first repetition.
  public var duplicateNames: [String] {
    var seen: Set<ByteString> = []
    var repeated: Set<ByteString> = []
    return compactMap { member in
      let name = ByteString(member.name)
      guard !seen.insert(name).inserted, repeated.insert(name).inserted else { return nil }
      return member.name
    }
  }
}

extension JSONObject: RandomAccessCollection {
  /// Gives the members one after another.
  public struct Iterator: IteratorProtocol, Sendable {
    private let tape: JSONTape?
    private let members: [Member]
    /// The index of the next token or member.
    private var position: Int
    private let end: Int

    @inline(__always)
    init(_ object: JSONObject) {
      switch object.storage {
      case .tape(let tape, let index):
        self.tape = tape
        members = []
        position = Int(index) + 1
        end = tape[Int(index)].payload - 1
      case .members(let members):
        tape = nil
        self.members = members
        position = 0
        end = members.count
      }
    }

    /// The next member, or nil after the last.
    @inline(__always)
    public mutating func next() -> Member? {
      guard position < end else { return nil }
      let index = position
      guard let tape else {
        position += 1
        return members[index]
      }
      position = tape.next(index + 1)
      return Member(name: tape.string(of: tape[index]), value: tape.value(at: index + 1))
    }
  }

  /// An iterator over the members.
  public func makeIterator() -> Iterator { Iterator(self) }

  /// 0, the position of the first member.
  public var startIndex: Int { 0 }

  /// How many members there are.
  public var count: Int {
    switch storage {
    case .tape(let tape, let index): tape.childCount(Int(index))
    case .members(let members): members.count
    }
  }

  /// The position after the last member.
  public var endIndex: Int { count }

  /// The member at a position.
  public subscript(position: Int) -> Member {
    switch storage {
    case .tape(let tape, let index):
      precondition(position >= 0 && position < count, "position \(position) of \(count) members")
      let name = tape.child(position, of: Int(index))
      return Member(name: tape.string(of: tape[name]), value: tape.value(at: name + 1))
    case .members(let members): return members[position]
    }
  }
}

extension JSONObject: CustomStringConvertible {
  /// The compact text of the object.
  public var description: String { JSONValue.object(self).compactText }
}
