extension JSONPatch {
  /// Reads a patch from its JSON form, an array of objects; members that it does not know are ignored.
  ///
  /// - Throws: what is missing or wrong, and in which operation.
  ///
  /// Source: RFC 6902, sections 3 and 4.
  public init(_ value: JSONValue) throws(JSONPatchError) {
    guard case .array(let elements) = value else {
      throw JSONPatchError(operation: nil, reason: "it is \(value.kindName), not an array")
    }
    operations = []
    operations.reserveCapacity(elements.count)
    for (index, element) in elements.enumerated() {
      operations.append(try OperationReader(index: index, value: element).read())
    }
  }

  /// The patch in its JSON form.
  public var value: JSONValue { .array(operations.map(\.value)) }
}

extension JSONPatch.Operation {
  /// The operation in its JSON form.
  ///
  /// Source: RFC 6902, section 4.
  public var value: JSONValue {
    func text(_ pointer: JSONPointer) -> JSONValue { .string(pointer.description) }
    return switch self {
    case .add(let path, let value): ["op": "add", "path": text(path), "value": value]
    case .remove(let path): ["op": "remove", "path": text(path)]
    case .replace(let path, let value): ["op": "replace", "path": text(path), "value": value]
    case .move(let from, let path): ["op": "move", "from": text(from), "path": text(path)]
    case .copy(let from, let path): ["op": "copy", "from": text(from), "path": text(path)]
    case .test(let path, let value): ["op": "test", "path": text(path), "value": value]
    }
  }
}

/// Reads one operation.
private struct OperationReader {
  let index: Int
  let value: JSONValue

  func read() throws(JSONPatchError) -> JSONPatch.Operation {
    guard case .object = value else { throw error("it is \(value.kindName), not an object") }
    let name = try text("op")
    switch name {
    case "add": return .add(try pointer("path"), try member("value"))
    case "remove": return .remove(try pointer("path"))
    case "replace": return .replace(try pointer("path"), try member("value"))
    case "move": return .move(from: try pointer("from"), to: try pointer("path"))
    case "copy": return .copy(from: try pointer("from"), to: try pointer("path"))
    case "test": return .test(try pointer("path"), try member("value"))
    default: throw error("there is no operation \(JSONValue.string(name).excerpt(limit: 80))")
    }
  }

  private func member(_ name: String) throws(JSONPatchError) -> JSONValue {
    let values = value.objectValue?.values(named: name) ?? []
    guard values.count < 2 else { throw error("\"\(name)\" is written \(values.count) times") }
    guard let value = values.first else { throw error("\"\(name)\" is missing") }
    return value
  }

  private func text(_ name: String) throws(JSONPatchError) -> String {
    let value = try member(name)
    guard case .string(let text) = value else {
      throw error("\"\(name)\" is \(value.kindName), not a string")
    }
    return text
  }

  private func pointer(_ name: String) throws(JSONPatchError) -> JSONPointer {
    let text = try text(name)
    // A fragment, which `JSONPointer` reads too, is none here.
    guard text.utf8.first != UInt8(ascii: "#") else {
      throw error("\"\(name)\" is a URI fragment, not a JSON Pointer")
    }
    do throws(JSONPointerError) {
      return try JSONPointer(parsing: text)
    } catch { throw self.error("\(error)") }
  }

  private func error(_ reason: String) -> JSONPatchError {
    JSONPatchError(operation: index, reason: reason)
  }
}
