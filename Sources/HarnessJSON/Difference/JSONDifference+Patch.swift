extension JSONDifference {
  /// The changes that turn the expected value into one that does not differ from the actual one, by the
  /// same comparison.
  ///
  /// What the comparison does not count as a difference stays as it is. An object with a repeated name,
  /// which no pointer can lead through, is replaced whole.
  ///
  /// Source: RFC 6902.
  public var patch: JSONPatch {
    var maker = PatchMaker(self)
    return JSONPatch(maker.make())
  }
}

/// Turns marks into operations.
private struct PatchMaker {
  /// What happens to the elements of an array.
  private struct ArrayChange {
    let pointer: JSONPointer
    var removed: [Int] = []
    var added: [(position: Int?, value: JSONValue)] = []
  }

  private let difference: JSONDifference
  private var expected: JSONDifference.Side { difference.expected }
  private var actual: JSONDifference.Side { difference.actual }
  private var operations: [JSONPatch.Operation] = []
  /// By the token of the expected array.
  private var arrays: [Int: ArrayChange] = [:]
  /// The tokens of the objects that were replaced whole.
  private var replaced: Set<Int> = []
  private var repeating: [Bool: [Int: Bool]] = [:]

  init(_ difference: JSONDifference) {
    self.difference = difference
  }

  mutating func make() -> [JSONPatch.Operation] {
    for mark in difference.marks { add(mark) }
    // Inner arrays first, while the indices of the outer ones are as they were.
    for (_, change) in arrays.sorted(by: { $0.key > $1.key }) {
      for position in change.removed.sorted(by: >) {
        operations.append(.remove(change.pointer.appending(position)))
      }
      for (position, value) in change.added {
        operations.append(
          .add(
            position.map { change.pointer.appending($0) } ?? change.pointer.appending("-"), value))
      }
    }
    return operations
  }

  private mutating func add(_ mark: JSONDifference.Mark) {
    guard mark.expectedParent >= 0 else {
      operations.append(.replace(JSONPointer(), actual.tape.value(at: Int(mark.actual))))
      return
    }
    let parent = Int(mark.expectedParent)
    let path = expected.tape.path(to: parent, from: expected.root)
    let actualPath = actual.tape.path(to: Int(mark.actualParent), from: actual.root)
    let ways = [(token: "", index: expected.root)] + path
    let actualWays = [(token: "", index: actual.root)] + actualPath
    for (depth, (one, other)) in zip(ways, actualWays).enumerated()
    where repeats(one.index, isExpected: true) || repeats(other.index, isExpected: false) {
      if replaced.insert(one.index).inserted {
        let pointer = JSONPointer(tokens: path.prefix(depth).map(\.token))
        operations.append(.replace(pointer, actual.tape.value(at: other.index)))
      }
      return
    }
    let pointer = JSONPointer(tokens: path.map(\.token))
    if expected.tape[parent].kind == .array {
      addElement(mark, in: parent, at: pointer)
    } else {
      addMember(mark, in: pointer)
    }
  }

  private mutating func addMember(_ mark: JSONDifference.Mark, in parent: JSONPointer) {
    func value() -> JSONValue { actual.tape.value(at: Int(mark.actual)) }
    guard mark.expected >= 0 else {
      let name = actual.tape.string(of: actual.tape[Int(mark.actual) - 1])
      operations.append(.add(parent.appending(name), value()))
      return
    }
    let name = expected.tape.string(of: expected.tape[Int(mark.expected) - 1])
    operations.append(
      mark.actual < 0
        ? .remove(parent.appending(name)) : .replace(parent.appending(name), value()))
  }

  private mutating func addElement(
    _ mark: JSONDifference.Mark, in parent: Int, at pointer: JSONPointer
  ) {
    if mark.expected >= 0, mark.actual >= 0 {
      operations.append(
        .replace(
          pointer.appending(position(of: Int(mark.expected), in: expected)),
          actual.tape.value(at: Int(mark.actual))))
      return
    }
    if mark.expected >= 0 {
      arrays[parent, default: ArrayChange(pointer: pointer)].removed
        .append(position(of: Int(mark.expected), in: expected))
      return
    }
    let position: Int? =
      switch mark.note {
      // Where order does not matter the element comes last, because its index says nothing.
      case .key, .unordered: nil
      case .none, .lengths, .repetitions: self.position(of: Int(mark.actual), in: actual)
      }
    arrays[parent, default: ArrayChange(pointer: pointer)].added
      .append((position, actual.tape.value(at: Int(mark.actual))))
  }

  private func position(of index: Int, in side: JSONDifference.Side) -> Int {
    side.tape.path(to: index, from: side.root).last.flatMap { Int($0.token) } ?? 0
  }

  /// Whether an object repeats a name.
  private mutating func repeats(_ index: Int, isExpected: Bool) -> Bool {
    let tape = isExpected ? expected.tape : actual.tape
    guard tape[index].kind == .object else { return false }
    if let known = repeating[isExpected]?[index] { return known }
    var names: Set<ByteString> = []
    var name = index + 1
    var result = false
    while name < tape.next(index) - 1, !result {
      result = !names.insert(ByteString(tape.string(of: tape[name]))).inserted
      name = tape.next(name + 1)
    }
    repeating[isExpected, default: [:]][index] = result
    return result
  }
}
