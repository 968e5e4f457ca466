/// Why a place in a document could not be changed.
struct JSONEditFailure: Error {
  let reason: String
}

// The changes of RFC 6902, section 4, without recursion and without copies of what is not changed.
extension JSONValue {
  func found(at pointer: JSONPointer) throws(JSONEditFailure) -> JSONValue {
    do throws(JSONPointerFailure) {
      return try value(at: pointer)
    } catch { throw JSONEditFailure(reason: "\(error)") }
  }

  mutating func add(_ value: JSONValue, at pointer: JSONPointer) throws(JSONEditFailure) {
    guard let last = pointer.tokens.last else {
      self = value
      return
    }
    try edit(pointer.parent) { (parent) throws(JSONEditFailure) in
      switch parent {
      case .object(var object):
        try parent.checkUnique(last)
        parent = .null
        object[last] = value
        parent = .object(object)
      case .array(var array):
        let index = last == "-" ? array.count : JSONPointer.arrayIndex(last)
        guard let index, index <= array.count else {
          throw JSONEditFailure(
            reason: "an array of \(array.count) elements has no place \(JSONValue.string(last))")
        }
        parent = .null
        array.insert(value, at: index)
        parent = .array(array)
      case .null, .bool, .number, .string:
        throw JSONEditFailure(
          reason: "nothing can be added at \(pointer.excerpt): its parent is \(parent.kindName)")
      }
    }
  }

  mutating func replace(_ value: JSONValue, at pointer: JSONPointer) throws(JSONEditFailure) {
    try edit(pointer) { (found) throws(JSONEditFailure) in found = value }
  }

  /// Takes a value out.
  mutating func remove(at pointer: JSONPointer) throws(JSONEditFailure) -> JSONValue {
    guard let last = pointer.tokens.last else {
      throw JSONEditFailure(reason: "the whole document cannot be removed")
    }
    let removed = try found(at: pointer)
    try edit(pointer.parent) { (parent) throws(JSONEditFailure) in
      switch parent {
      case .object(var object):
        parent = .null
        object[last] = nil
        parent = .object(object)
      case .array(var array):
        parent = .null
        array.remove(at: JSONPointer.arrayIndex(last) ?? 0)
        parent = .array(array)
      case .null, .bool, .number, .string: preconditionFailure("a child of \(parent.kindName)")
      }
    }
    return removed
  }

  private func checkUnique(_ name: String) throws(JSONEditFailure) {
    let count = objectValue?.values(named: name).count ?? 0
    guard count < 2 else {
      throw JSONEditFailure(reason: "the name \(JSONValue.string(name)) is written \(count) times")
    }
  }

  /// Changes the value that a pointer leads to.
  private mutating func edit(
    _ pointer: JSONPointer, _ change: (inout JSONValue) throws(JSONEditFailure) -> Void
  ) throws(JSONEditFailure) {
    _ = try found(at: pointer)
    // Each value is taken out of its parent while its content changes, so that it has one owner.
    var parents: [(value: JSONValue, position: Int)] = []
    var current = self
    self = .null
    for token in pointer.tokens {
      let position = current.position(of: token)
      let child = current.exchangeChild(at: position, with: .null)
      parents.append((current, position))
      current = child
    }
    defer {
      while var parent = parents.popLast() {
        _ = parent.value.exchangeChild(at: parent.position, with: current)
        current = parent.value
      }
      self = current
    }
    try change(&current)
  }

  private func position(of token: String) -> Int {
    switch self {
    case .object(let object): object.firstIndex { $0.name.hasSameBytes(as: token) } ?? 0
    case .array: JSONPointer.arrayIndex(token) ?? 0
    case .null, .bool, .number, .string: preconditionFailure("a child of \(kindName)")
    }
  }

  private mutating func exchangeChild(at position: Int, with value: JSONValue) -> JSONValue {
    switch self {
    case .array(var array):
      self = .null
      let child = array[position]
      array[position] = value
      self = .array(array)
      return child
    case .object(var object):
      self = .null
      let child = object[position].value
      object.members[position].value = value
      self = .object(object)
      return child
    case .null, .bool, .number, .string: preconditionFailure("a child of \(kindName)")
    }
  }
}

extension JSONPointer {
  /// The pointer to what holds the value this points to; that of the root is itself.
  public var parent: JSONPointer { JSONPointer(tokens: Array(tokens.dropLast())) }
}
