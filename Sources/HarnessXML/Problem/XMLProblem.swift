public import HarnessJSON
public import ProblemJSON

/// Problem details in XML.
///
/// The form knows only texts, arrays and objects: numbers, Booleans and null come back as texts, and an empty array,
/// an empty object and an empty text are one. ``losses(of:)`` tells what of a problem that concerns.
///
/// Source: RFC 9457, appendix B.
public enum XMLProblem: Sendable {
  /// The namespace of all elements; it is that of RFC 7807 on purpose.
  public static let namespace = "urn:ietf:rfc:7807"

  /// Something of a problem that does not survive the way through XML.
  public struct Loss: Sendable, Equatable, CustomStringConvertible {
    /// The member.
    public let pointer: JSONPointer
    /// What becomes of it.
    public let reason: String

    /// The member and what becomes of it.
    public var description: String { "\(pointer): \(reason)" }
  }

  /// The problem as an XML document.
  ///
  /// - Throws: `ProblemWritingError`, as for JSON; also for a name inside an extension that no element can have.
  public static func write(_ problem: Problem) throws -> XMLTree {
    let object = try problem.jsonObject()
    return XMLTree(root: try element("problem", .object(object), at: JSONPointer()))
  }

  private static func element(
    _ name: String, _ value: JSONValue, at place: JSONPointer
  ) throws -> XMLTree.Element {
    guard place.tokens.count < 250 else {
      throw XMLProblemError(pointer: place, reason: "it is nested too deep")
    }
    var element = XMLTree.Element(XMLTree.Name(name, namespace: namespace))
    switch value {
    case .null: break
    case .bool(let value): element.children = [.text(value ? "true" : "false")]
    case .number(let number): element.children = [.text(number.lexeme)]
    case .string(let text): element.children = text.isEmpty ? [] : [.text(text)]
    case .array(let elements):
      element.children = try elements.enumerated().map { index, value in
        .element(try self.element("i", value, at: place.appending(index)))
      }
    case .object(let members):
      element.children = try members.map { member in
        let place = place.appending(member.name)
        guard isElementName(member.name), !(member.name == "i" && !place.tokens.isEmpty) else {
          throw XMLProblemError(pointer: place, reason: "no element can have this name")
        }
        return .element(try self.element(member.name, member.value, at: place))
      }
    }
    return element
  }

  private static func isElementName(_ name: String) -> Bool {
    guard let first = name.utf8.first else { return false }
    let isLetter: (UInt8) -> Bool = { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || $0 >= 0x80 }
    return (isLetter(first) || first == UInt8(ascii: "_"))
      && name.utf8.allSatisfy {
        isLetter($0) || "0123456789_-.".utf8.contains($0)
      }
  }

  /// What does not survive the way of a problem through XML.
  public static func losses(of problem: Problem) -> [Loss] {
    var losses: [Loss] = []
    var steps: [(JSONValue, JSONPointer)] = problem.extensions.reversed()
      .map { ($0.value, JSONPointer(tokens: [$0.name])) }
    func lose(_ place: JSONPointer, _ reason: String) {
      losses.append(Loss(pointer: place, reason: reason))
    }
    while let (value, place) = steps.popLast() {
      switch value {
      case .null: lose(place, "null becomes an empty text")
      case .bool: lose(place, "a Boolean becomes a text")
      case .number: lose(place, "a number becomes a text")
      case .string: break
      case .array(let elements):
        if elements.isEmpty { lose(place, "an empty array becomes an empty text") }
        steps += elements.enumerated().reversed().map { ($0.element, place.appending($0.offset)) }
      case .object(let members):
        if members.isEmpty { lose(place, "an empty object becomes an empty text") }
        steps += members.reversed().map { ($0.value, place.appending($0.name)) }
      }
    }
    return losses
  }
}

/// Why a problem cannot be written as XML.
public struct XMLProblemError: Error, Sendable, CustomStringConvertible {
  /// The member that cannot be written.
  public let pointer: JSONPointer
  /// Why not.
  public let reason: String

  /// The member and why it cannot be written.
  public var description: String { "\(pointer): \(reason)" }
}
