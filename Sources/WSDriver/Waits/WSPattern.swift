import HTTPDriver
public import HarnessJSON
public import HarnessWebSocket

/// What a message must look like.
///
/// ```swift
/// try await socket.expectNext(.json(including: ["type": "price"]), .text("done"))
/// ```
public struct WSPattern: Sendable, CustomStringConvertible {
  /// What failures call it.
  public let description: String
  /// Why no message can match, such as a path that is none; a wait then fails at once.
  let problem: String?
  private let findFault: @Sendable (WSMessage) -> String?

  /// A pattern of one's own.
  ///
  /// - Parameters:
  ///   - description: What failures call it.
  ///   - fault: Says why a message does not match, and gives nil for one that does. It must be pure and quick, and
  ///     must not use the WebSocket.
  public init(_ description: String, fault: @escaping @Sendable (WSMessage) -> String?) {
    self.description = description
    problem = nil
    findFault = fault
  }

  /// A pattern that matches nothing.
  private init(_ description: String, problem: String) {
    self.description = description
    self.problem = problem
    findFault = { _ in problem }
  }

  /// Why the message does not match; nil when it does.
  public func fault(in message: WSMessage) -> String? { findFault(message) }

  /// Any message.
  public static let any = WSPattern("any message") { _ in nil }

  /// Exactly this text.
  public static func text(_ expected: String) -> WSPattern {
    WSPattern("the text \(Excerpt.line(expected, limit: 200).quoted)") { message in
      guard let text = message.text else { return "it is binary" }
      return text.utf8.elementsEqual(expected.utf8) ? nil : "it is another text"
    }
  }

  /// A text that has this in it.
  public static func text(containing part: String) -> WSPattern {
    WSPattern("a text with \(Excerpt.line(part, limit: 200).quoted)") { message in
      guard let text = message.text else { return "it is binary" }
      return text.utf8.contains(part.utf8) ? nil : "it has no such part"
    }
  }

  /// Exactly these bytes, in a binary message.
  public static func binary(_ expected: [UInt8]) -> WSPattern {
    WSPattern("a binary message of \(byteCount(expected.count))") { message in
      guard case .binary(let bytes) = message else { return "it is text" }
      return bytes == expected ? nil : "its bytes are others"
    }
  }

  /// JSON that means the same: `1.0` equals `1`, and the order of members does not count.
  public static func json(_ expected: JSONValue) -> WSPattern {
    json("JSON equal to \(shown(expected))") { value in
      JSONDifference(expected: expected, actual: value).findings.first.map(text)
    }
  }

  /// JSON that has at least these members, and in them at least these values.
  ///
  /// Objects may have more members than are named here, at every depth. Arrays have the same number of elements.
  public static func json(including part: JSONValue) -> WSPattern {
    json("JSON with \(shown(part))") { value in
      JSONInclusion.finding(of: part, in: value).map(text)
    }
  }

  /// JSON whose value at a pointer means the same as this one.
  ///
  /// The pointer is a JSON Pointer (RFC 6901) such as `/items/0/id`: it begins with `/`, and the empty text is the
  /// whole document. A wait for a text that is none fails at once.
  public static func json(at pointer: String, equals expected: JSONValue) -> WSPattern {
    let place = pointer.isEmpty ? "the root" : pointer
    return json("JSON with \(shown(expected)) at \(place)", try JSONPointer(parsing: pointer)) {
      pointer, value in
      let actual = try value.value(at: pointer)
      return actual == expected ? nil : "at \(pointer): \(shown(actual))"
    }
  }

  /// JSON in which a JSONPath query selects exactly these values, in its order.
  ///
  /// ```swift
  /// try await socket.expectNext(.json(path: "$.rows[?@.price > 10].code", equals: ["BMFI", "HBAG"]))
  /// ```
  ///
  /// The query begins with `$` (RFC 9535). A wait for a text that is none fails at once.
  public static func json(path: String, equals expected: [JSONValue]) -> WSPattern {
    let place = Excerpt.line(path, limit: 200)
    return json("JSON with \(shown(expected)) at \(place)", try JSONPath(parsing: path)) {
      path, value in
      let actual = try value.nodes(at: path).map(\.value)
      return actual == expected ? nil : "at \(path): \(shown(actual))"
    }
  }

  /// JSON in which a JSONPath query selects something, such as `$.rows[?@.price > 10]`.
  ///
  /// The query begins with `$` (RFC 9535). A wait for a text that is none fails at once.
  public static func json(path: String) -> WSPattern {
    let place = Excerpt.line(path, limit: 200)
    return json("JSON with something at \(place)", try JSONPath(parsing: path)) { path, value in
      try value.nodes(at: path).isEmpty ? "nothing is at \(path)" : nil
    }
  }

  /// JSON that fits a type, and that `matches` accepts.
  public static func json<T: Decodable & SendableMetatype>(
    _ type: T.Type, where matches: @escaping @Sendable (T) -> Bool = { _ in true }
  ) -> WSPattern {
    json("a \(type)") { value in
      do {
        return matches(try value.decode(type)) ? nil : "the \(type) does not match"
      } catch {
        return decodingReason(error)
      }
    }
  }

  private static func json(
    _ description: String, _ fault: @escaping @Sendable (JSONValue) -> String?
  ) -> WSPattern {
    WSPattern(description) { message in
      do {
        return fault(try JSONValue(parsing: message.bytes))
      } catch {
        return "it is not JSON: \(error)"
      }
    }
  }

  /// JSON that is looked at by a path, which is read once; where it is none, nothing matches.
  private static func json<Path: Sendable>(
    _ description: String, _ path: @autoclosure () throws -> Path,
    _ fault: @escaping @Sendable (Path, JSONValue) throws -> String?
  ) -> WSPattern {
    let read: Path
    do {
      read = try path()
    } catch {
      return WSPattern(description, problem: "\(error)")
    }
    return json(description) { value in
      do {
        return try fault(read, value)
      } catch {
        return "\(error)"
      }
    }
  }

  private static func shown(_ value: JSONValue) -> String {
    Excerpt.line(value.compactText, limit: 200)
  }

  private static func shown(_ values: [JSONValue]) -> String {
    shown(.array(JSONArray(values)))
  }

  private static func text(_ finding: JSONDifference.Finding) -> String {
    let place = finding.pointer.description
    let expected = finding.expected.map(shown) ?? "nothing"
    let actual = finding.actual.map(shown) ?? "nothing"
    return "at \(place.isEmpty ? "the root" : place): expected \(expected), actual \(actual)"
  }
}

/// Whether a JSON value has at least what another one has.
enum JSONInclusion {
  /// The first place where something is missing or differs, in the order of the part.
  static func finding(of part: JSONValue, in whole: JSONValue) -> JSONDifference.Finding? {
    // Without recursion: how deep a value is nested is up to who sent it.
    var steps = [(part: part, whole: Optional(whole), place: JSONPointer())]
    while let (part, whole, place) = steps.popLast() {
      switch (part, whole) {
      case (.object(let members), .object(let all)):
        steps += members.map { ($0.value, all[$0.name], place.appending($0.name)) }.reversed()
      case (.array(let elements), .array(let all)) where elements.count == all.count:
        steps += zip(elements, all).enumerated()
          .map { ($0.element.0, $0.element.1, place.appending("\($0.offset)")) }.reversed()
      default:
        if part != whole {
          return JSONDifference.Finding(pointer: place, expected: part, actual: whole)
        }
      }
    }
    return nil
  }
}

extension String {
  /// Between quotation marks; what is within is visible already.
  fileprivate var quoted: String { "\"\(self)\"" }
}
