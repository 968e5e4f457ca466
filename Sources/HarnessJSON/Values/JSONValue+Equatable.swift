extension JSONValue: Equatable {
  /// Whether both mean the same: numbers by exact decimal value, strings by UTF-8 bytes, members in
  /// any order, array elements in order.
  public static func == (one: Self, other: Self) -> Bool {
    // Without recursion: how deep a value is nested is up to who sent it.
    var pairs = [(one, other)]
    while let (one, other) = pairs.popLast() {
      guard one.isAlike(other, besides: &pairs) else { return false }
    }
    return true
  }

  /// Whether both are equal, provided that the pairs of their content that it adds are.
  private func isAlike(_ other: Self, besides pairs: inout [(Self, Self)]) -> Bool {
    switch (self, other) {
    case (.null, .null): return true
    case (.bool(let one), .bool(let other)): return one == other
    case (.number(let one), .number(let other)): return one == other
    case (.string(let one), .string(let other)): return one.hasSameBytes(as: other)
    case (.array(let one), .array(let other)):
      guard one.count == other.count else { return false }
      pairs += zip(one, other)
      return true
    case (.object(let one), .object(let other)): return one.isAlike(other, besides: &pairs)
    case (.null, _), (.bool, _), (.number, _), (.string, _), (.array, _), (.object, _): return false
    }
  }
}

extension JSONArray: Equatable {
  /// Whether both have equal elements in the same order.
  public static func == (one: Self, other: Self) -> Bool {
    JSONValue.array(one) == .array(other)
  }
}

extension JSONObject: Equatable {
  /// Whether both have the same names with equal values, in any order.
  ///
  /// The values of a repeated name are compared in the order they were written.
  public static func == (one: Self, other: Self) -> Bool {
    JSONValue.object(one) == .object(other)
  }

  fileprivate func isAlike(
    _ other: Self, besides pairs: inout [(JSONValue, JSONValue)]
  ) -> Bool {
    guard count == other.count else { return false }
    if hasNamesInOrder(of: other) {
      pairs += zip(self, other).map { ($0.value, $1.value) }
      return true
    }
    let others = other.valuesByName
    for (name, values) in valuesByName {
      guard let found = others[name], found.count == values.count else { return false }
      pairs += zip(values, found)
    }
    return true
  }

  /// Whether both have the same names in the same order.
  ///
  /// Most documents are written in one order, and then no dictionary is needed.
  func hasNamesInOrder(of other: Self) -> Bool {
    count == other.count
      && zip(self, other).allSatisfy { $0.name.hasSameBytes(as: $1.name) }
  }

  /// The values of each name, in order.
  var valuesByName: [ByteString: [JSONValue]] {
    Dictionary(grouping: self) { ByteString($0.name) }.mapValues { $0.map(\.value) }
  }
}
