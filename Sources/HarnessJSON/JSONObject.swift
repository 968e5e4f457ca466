/// The members of a JSON object in the order they were written, duplicates among them.
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

  /// The members in order.
  public var members: [Member]

  /// Makes an object of members, which may repeat a name.
  public init(_ members: [Member] = []) {
    self.members = members
  }

  /// The value of the last member with this name.
  ///
  /// Setting it changes that member in its place, or appends one; setting nil removes every member
  /// with the name. Names are compared by their UTF-8 bytes.
  public subscript(name: String) -> JSONValue? {
    get {
      members.last { $0.name.hasSameBytes(as: name) }?.value
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
    members.filter { $0.name.hasSameBytes(as: name) }.map(\.value)
  }

  /// The names that occur more than once, in the order of their first repetition.
  public var duplicateNames: [String] {
    var seen: Set<ByteString> = []
    var repeated: Set<ByteString> = []
    return members.compactMap { member in
      let name = ByteString(member.name)
      guard !seen.insert(name).inserted, repeated.insert(name).inserted else { return nil }
      return member.name
    }
  }
}

extension JSONObject: RandomAccessCollection {
  /// The position of the first member.
  public var startIndex: Int { members.startIndex }
  /// The position after the last member.
  public var endIndex: Int { members.endIndex }
  /// The member at a position.
  public subscript(position: Int) -> Member { members[position] }
}
