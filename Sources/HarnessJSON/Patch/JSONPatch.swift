/// A list of changes to a JSON document, one after another.
///
/// Source: RFC 6902.
public struct JSONPatch: Sendable {
  /// One change.
  public enum Operation: Sendable {
    /// Puts a value where there is none, before an array's element, or in the place of a member's value.
    case add(JSONPointer, JSONValue)
    /// Takes away a value, which must be there.
    case remove(JSONPointer)
    /// Puts a value in the place of one, which must be there.
    case replace(JSONPointer, JSONValue)
    /// Takes away a value and adds it elsewhere.
    case move(from: JSONPointer, to: JSONPointer)
    /// Adds a value that is there elsewhere too.
    case copy(from: JSONPointer, to: JSONPointer)
    /// Fails where the value is another one.
    case test(JSONPointer, JSONValue)
  }

  /// The changes, in order.
  public var operations: [Operation]

  /// Makes a patch.
  public init(_ operations: [Operation] = []) {
    self.operations = operations
  }

  /// The document with all changes made.
  ///
  /// - Throws: the first change that cannot be made, and why; the others are then not made either.
  public func applied(to document: JSONValue) throws(JSONPatchError) -> JSONValue {
    var result = document
    for (index, operation) in operations.enumerated() {
      do throws(JSONEditFailure) {
        try operation.apply(to: &result)
      } catch {
        throw JSONPatchError(operation: index, reason: error.reason)
      }
    }
    return result
  }
}

/// Why a patch could not be read or made.
public struct JSONPatchError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The number of the change, counted from 0; nil when the document is no patch at all.
  public let operation: Int?
  /// What is wrong with it.
  public let reason: String

  /// For example `operation 2 of the patch: no value at /a/b: at /a, the object is empty (RFC 6902)`.
  public var description: String {
    guard let operation else { return "no JSON Patch: \(reason) (RFC 6902)" }
    return "operation \(operation) of the patch: \(reason) (RFC 6902)"
  }
}

extension JSONPatch.Operation {
  fileprivate func apply(to document: inout JSONValue) throws(JSONEditFailure) {
    switch self {
    case .add(let pointer, let value): try document.add(value, at: pointer)
    case .remove(let pointer): _ = try document.remove(at: pointer)
    case .replace(let pointer, let value): try document.replace(value, at: pointer)
    case .move(let from, let pointer):
      let isInside =
        pointer.tokens.count > from.tokens.count
        && zip(from.tokens, pointer.tokens).allSatisfy { $0.hasSameBytes(as: $1) }
      guard !isInside else {
        throw JSONEditFailure(reason: "\(from.excerpt) cannot be moved into itself")
      }
      // Nothing is moved to where it is; the root can only be moved there.
      guard from != pointer else { _ = try document.found(at: from); return }
      let value = try document.remove(at: from)
      try document.add(value, at: pointer)
    case .copy(let from, let pointer):
      try document.add(try document.found(at: from), at: pointer)
    case .test(let pointer, let value):
      let found = try document.found(at: pointer)
      guard found == value else {
        throw JSONEditFailure(
          reason: "at \(pointer.tokens.isEmpty ? "the root" : pointer.excerpt), expected "
            + "\(value.excerpt(limit: 240)), found \(found.excerpt(limit: 240))")
      }
    }
  }
}
