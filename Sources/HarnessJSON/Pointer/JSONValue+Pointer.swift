extension JSONValue {
  /// The value a pointer leads to; nil where it leads nowhere, or through a name written twice.
  ///
  /// Source: RFC 6901, section 4.
  public subscript(pointer: JSONPointer) -> JSONValue? {
    try? value(at: pointer)
  }

  /// The value that a pointer such as `/rows/0/code` leads to.
  ///
  /// - Throws: ``JSONPointerError`` when the text is no pointer, ``JSONPointerFailure`` when it leads
  ///   nowhere.
  public func value(at pointer: String) throws -> JSONValue {
    try value(at: JSONPointer(parsing: pointer))
  }

  /// The value that a pointer leads to.
  ///
  /// - Throws: how far it led, and what was found there.
  public func value(at pointer: JSONPointer) throws(JSONPointerFailure) -> JSONValue {
    var value = self
    for (depth, token) in pointer.tokens.enumerated() {
      switch value.step(token) {
      case .found(let next): value = next
      case .lost(let reason):
        let reached = JSONPointer(tokens: Array(pointer.tokens.prefix(depth)))
        throw JSONPointerFailure(pointer: pointer, reached: reached, reason: reason)
      }
    }
    return value
  }

  private enum Step {
    case found(JSONValue)
    case lost(String)
  }

  private func step(_ token: String) -> Step {
    switch self {
    case .object(let object):
      let values = object.values(named: token)
      if values.count > 1 {
        return .lost("the name \(JSONValue.string(token)) is written \(values.count) times")
      }
      guard let value = values.first else {
        let names = object.prefix(20).map { JSONValue.string($0.name).excerpt(limit: 60) }
        let more = object.count > names.count ? ", … (\(object.count) names)" : ""
        return .lost(
          object.isEmpty
            ? "the object is empty" : "the object has \(names.joined(separator: ", "))\(more)")
      }
      return .found(value)
    case .array(let elements):
      guard let index = JSONPointer.arrayIndex(token) else {
        return .lost("\(JSONValue.string(token)) is no array index")
      }
      guard index < elements.count else {
        return .lost("the array has \(elements.count) elements")
      }
      return .found(elements[index])
    case .null, .bool, .number, .string:
      return .lost("it is \(kindName)")
    }
  }

  /// Why a pointer that leads nowhere does.
  func failure(of pointer: JSONPointer) -> JSONPointerFailure {
    do {
      _ = try value(at: pointer)
      preconditionFailure("\(pointer) leads to a value")
    } catch { return error }
  }
}

/// A pointer that leads nowhere in a document.
public struct JSONPointerFailure: Error, Sendable, CustomStringConvertible {
  /// The pointer.
  public let pointer: JSONPointer
  /// The part of it that led to a value.
  public let reached: JSONPointer
  /// What was found there.
  public let reason: String

  /// For example `no value at /a/b: at /a, the object has "c"`.
  public var description: String {
    let place = reached.tokens.isEmpty ? "the root" : "\(reached)"
    return "no value at \(pointer): at \(place), \(reason)"
  }
}
