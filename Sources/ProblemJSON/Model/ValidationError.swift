public import HarnessJSON

/// One thing that is wrong with a request, as a problem document tells it.
///
/// Services write them in many shapes; ``Problem/validationErrors`` reads all of them into this one.
public struct ValidationError: Sendable {
  /// Where the error stands in the problem document.
  public let place: JSONPointer
  /// The name of what is wrong, as it is written: `items[0].name`.
  public let field: String?
  /// Where the value is in the request's body, by a pointer of the document or made of the field's name.
  public let pointer: JSONPointer?
  /// Whether the pointer was made of the field's name.
  public let isGuessed: Bool
  /// What is wrong, for people.
  public let message: String?

  init(
    place: JSONPointer, field: String?, pointer: JSONPointer?, message: String?, isWritten: Bool
  ) {
    self.place = place
    self.field = field
    self.pointer = pointer
    self.message = message
    isGuessed = pointer != nil && !isWritten
  }

  /// Whether the error is about this place of the request.
  ///
  /// A pointer that was made of a name may differ in the case of letters: frameworks write the names of
  /// properties, and not of members.
  public func isAbout(_ wanted: JSONPointer) -> Bool {
    guard let pointer else { return false }
    if pointer == wanted { return true }
    return isGuessed
      && pointer.tokens.map { $0.lowercased() } == wanted.tokens.map { $0.lowercased() }
  }
}

extension Problem {
  /// The errors that the document tells of the request, in order.
  ///
  /// Read are the array `errors` of RFC 9457, section 3, the array `invalid-params` of RFC 7807, the map of
  /// ASP.NET Core (`errors`: a list of texts for each field), `violations` of Spring, Quarkus and Zalando,
  /// `subproblems` of ACME (RFC 8555, section 6.7.1), and what Kong, Adyen, Belgif, JSON:API and others
  /// write. A field such as `items[0].name` becomes a pointer, which is marked as guessed.
  public var validationErrors: [ValidationError] {
    extensions.flatMap { member -> [ValidationError] in
      guard Self.errorLists.contains(Self.plain(member.name)) else { return [] }
      let place = JSONPointer(tokens: [member.name])
      switch member.value {
      case .array(let elements):
        return elements.enumerated().compactMap { index, element in
          Self.error(element, field: nil, at: place.appending(index))
        }
      case .object(let fields):
        return fields.flatMap { Self.errors(of: $0, at: place.appending($0.name)) }
      case .null, .bool, .number, .string: return []
      }
    }
  }

  private static let errorLists: Set = [
    "errors", "violations", "invalidparams", "invalidparameters", "invalidfields", "issues",
    "subproblems", "fielderrors", "validationerrors",
  ]

  private static func plain(_ name: String) -> String {
    name.lowercased().filter { $0 != "-" && $0 != "_" }
  }

  /// The errors of one field in a map.
  private static func errors(
    of field: JSONObject.Member, at place: JSONPointer
  ) -> [ValidationError] {
    guard case .array(let elements) = field.value else {
      return [error(field.value, field: field.name, at: place)].compactMap(\.self)
    }
    return elements.enumerated().compactMap {
      error($0.element, field: field.name, at: place.appending($0.offset))
    }
  }

  private static func error(
    _ value: JSONValue, field: String?, at place: JSONPointer
  ) -> ValidationError? {
    switch value {
    case .string(let message):
      return ValidationError(
        place: place, field: field, pointer: field.flatMap(FieldPath.pointer), message: message,
        isWritten: false)
    case .object(let members):
      let written = pointer(in: members)
      let name = field ?? text(of: fieldNames, in: members) ?? location(in: members)
      return ValidationError(
        place: place, field: name, pointer: written ?? name.flatMap(FieldPath.pointer),
        message: text(of: messageNames, in: members), isWritten: written != nil)
    case .null, .bool, .number, .array: return nil
    }
  }

  private static let fieldNames = [
    "field", "name", "property", "propertyName", "parameter", "param", "path", "propertyPath",
  ]
  private static let messageNames = [
    "detail", "message", "reason", "msg", "description", "errorMessage", "error", "title",
  ]

  private static func text(of names: [String], in members: JSONObject) -> String? {
    names.lazy.compactMap { members[$0]?.stringValue }.first
  }

  /// `pointer`, or that of JSON:API: `{"source": {"pointer": "/data"}}`.
  private static func pointer(in members: JSONObject) -> JSONPointer? {
    guard let text = members["pointer"]?.stringValue ?? members["source"]?["pointer"]?.stringValue
    else { return nil }
    return try? JSONPointer(parsing: text)
  }

  /// The path of FastAPI: `{"loc": ["body", "items", 0, "name"]}`.
  private static func location(in members: JSONObject) -> String? {
    guard let parts = members["loc"]?.arrayValue, parts.first == "body" else { return nil }
    return parts.dropFirst().map { part in
      part.stringValue.map { ".\($0)" } ?? "[\(part)]"
    }.joined()
  }
}

/// The names of fields as frameworks write them.
enum FieldPath {
  /// `$.items[0].name`, `items[0].name` and `/items/0/name` are the same place; nil for other texts.
  static func pointer(_ field: String) -> JSONPointer? {
    if field.hasPrefix("/") || field.hasPrefix("#") { return try? JSONPointer(parsing: field) }
    var rest = field[...]
    if rest.hasPrefix("$") { rest = rest.dropFirst() }
    if rest.hasPrefix(".") { rest = rest.dropFirst() }
    guard !rest.isEmpty, rest.utf8.count <= 1_000 else { return nil }
    var tokens: [String] = []
    for segment in rest.split(separator: ".", omittingEmptySubsequences: false) {
      let name = segment.prefix { $0 != "[" }
      if !name.isEmpty { tokens.append(String(name)) }
      var indices = segment[name.endIndex...]
      guard !name.isEmpty || !indices.isEmpty else { return nil }
      while indices.first == "[" {
        guard let end = indices.firstIndex(of: "]") else { return nil }
        let inside = indices.dropFirst()[..<end].filter { $0 != "'" && $0 != "\"" }
        tokens.append(String(inside))
        indices = indices[indices.index(after: end)...]
      }
      guard indices.isEmpty else { return nil }
    }
    return JSONPointer(tokens: tokens)
  }
}
