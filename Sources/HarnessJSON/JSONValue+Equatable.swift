extension JSONValue: Equatable {
  /// Whether both mean the same: numbers by exact decimal value, strings by UTF-8 bytes, members in
  /// any order, array elements in order.
  public static func == (one: Self, other: Self) -> Bool {
    switch (one, other) {
    case (.null, .null): true
    case (.bool(let one), .bool(let other)): one == other
    case (.number(let one), .number(let other)): one == other
    case (.string(let one), .string(let other)): one.hasSameBytes(as: other)
    case (.array(let one), .array(let other)): one == other
    case (.object(let one), .object(let other)): one == other
    case (.null, _), (.bool, _), (.number, _), (.string, _), (.array, _), (.object, _): false
    }
  }
}

extension JSONObject: Equatable {
  /// Whether both have the same names with equal values, in any order.
  ///
  /// The values of a repeated name are compared in the order they were written.
  public static func == (one: Self, other: Self) -> Bool {
    guard one.count == other.count else { return false }
    // Most documents are written in one order, and then no dictionary is needed.
    let inOrder = zip(one.members, other.members).allSatisfy { $0.name.hasSameBytes(as: $1.name) }
    if inOrder { return zip(one.members, other.members).allSatisfy { $0.value == $1.value } }
    return one.valuesByName == other.valuesByName
  }

  /// The values of each name, in order.
  var valuesByName: [ByteString: [JSONValue]] {
    Dictionary(grouping: members) { ByteString($0.name) }.mapValues { $0.map(\.value) }
  }
}
