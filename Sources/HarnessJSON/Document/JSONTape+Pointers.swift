extension JSONTape {
  /// The index of the value a pointer leads to; nil where it leads nowhere, or through a repeated name.
  func index(at pointer: JSONPointer, from root: Int) -> Int? {
    var index = root
    for token in pointer.tokens {
      guard let next = step(token, from: index) else { return nil }
      index = next
    }
    return index
  }

  private func step(_ token: String, from index: Int) -> Int? {
    switch self[index].kind {
    case .object:
      var found: Int?
      var count = 0
      forEachMember(of: index, named: token) { value in
        found = value
        count += 1
      }
      return count == 1 ? found : nil
    case .array:
      guard let position = JSONPointer.arrayIndex(token), position < childCount(index) else {
        return nil
      }
      return child(position, of: index)
    default: return nil
    }
  }

  /// The pointer from the value at `root` to the value whose token has an index.
  func pointer(to target: Int, from root: Int = 0) -> JSONPointer {
    JSONPointer(tokens: path(to: target, from: root).map(\.token))
  }

  /// The values on the way from `root` to the value whose token has an index, without the first: what
  /// leads to each of them, and its index.
  ///
  /// Found by going down from the root: there are no links upwards, and few paths are asked for.
  func path(to target: Int, from root: Int) -> [(token: String, index: Int)] {
    var path: [(token: String, index: Int)] = []
    var index = root
    while index != target {
      let token = self[index]
      precondition(token.isContainer && target > index && target < token.payload)
      let isObject = token.kind == .object
      let children = childCount(index)
      let width = isObject ? 2 : 1
      // All children are scalars, and no others are noted: they stand side by side.
      let isFlat = token.payload - index - 2 == children * width
      let flat = (target - index - 1) / width
      var (child, position) =
        isFlat
        ? (index + 1 + flat * width, flat)
        : strides.start(before: target, in: index, children: children) ?? (index + 1, 0)
      while true {
        let value = isObject ? child + 1 : child
        let end = next(value)
        if target < end {
          path.append((isObject ? string(of: self[child]) : String(position), value))
          index = value
          break
        }
        child = end
        position += 1
      }
    }
    return path
  }

  /// The names that an object repeats, and the offsets at which they stand.
  func repeatedNames(of index: Int) -> [(name: String, offsets: [Int])] {
    var places: [ByteString: [Int]] = [:]
    var order: [ByteString] = []
    var member = index + 1
    let end = self[index].payload - 1
    while member < end {
      let name = ByteString(string(of: self[member]))
      places[name, default: []].append(self[member].start)
      if places[name]?.count == 2 { order.append(name) }
      member = next(member + 1)
    }
    return order.map { (name: $0.string, offsets: places[$0, default: []]) }
  }
}
