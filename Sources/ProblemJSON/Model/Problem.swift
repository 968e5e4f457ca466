public import HarnessJSON

/// A problem details object, read as leniently as RFC 9457 demands of a client.
///
/// A member whose value has the wrong type counts as absent; it is kept in ``ignored``, because the test
/// of a server wants to hear of it. Unknown members are kept in ``extensions``, and never a reason to fail.
///
/// Source: RFC 9457, section 3.
public struct Problem: Sendable {
  /// The problem type, the primary identifier of the problem, as it is written.
  ///
  /// `about:blank` when the member is absent or is not a string.
  ///
  /// Source: RFC 9457, section 3.1.1.
  public var type: String

  /// The status code the origin server generated, nil when absent or no integer.
  ///
  /// Source: RFC 9457, section 3.1.2.
  public var status: Int?

  /// A short summary of the problem type.
  ///
  /// Source: RFC 9457, section 3.1.3.
  public var title: String?

  /// An explanation of this occurrence of the problem, for people.
  ///
  /// Source: RFC 9457, section 3.1.4.
  public var detail: String?

  /// A URI reference that identifies this occurrence, as it is written.
  ///
  /// Source: RFC 9457, section 3.1.5.
  public var instance: String?

  /// All other members, in order.
  ///
  /// Source: RFC 9457, section 3.2.
  public var extensions: JSONObject

  /// The members that count as absent, because their values have the wrong type.
  public let ignored: [IgnoredMember]

  /// A member of the standard whose value has the wrong type.
  public struct IgnoredMember: Sendable {
    /// The name of the member.
    public let name: String
    /// The value that was found.
    public let found: JSONValue
    /// What RFC 9457 expects, with an article: "a string".
    public let expected: String
  }

  /// Reads a problem from the members of an object; of members with the same name the last counts.
  public init(_ object: JSONObject) {
    var reading = MemberReading(object: object)
    type = reading.string("type") ?? "about:blank"
    status = reading.integer("status")
    title = reading.string("title")
    detail = reading.string("detail")
    instance = reading.string("instance")
    extensions = JSONObject(object.filter { !Self.standardNames.contains($0.name) })
    ignored = reading.ignored
  }

  /// Makes a problem of its members.
  public init(
    type: String = "about:blank", title: String? = nil, status: Int? = nil, detail: String? = nil,
    instance: String? = nil, extensions: JSONObject = JSONObject()
  ) {
    self.type = type
    self.title = title
    self.status = status
    self.detail = detail
    self.instance = instance
    self.extensions = extensions
    ignored = []
  }

  static let standardNames: Set = ["type", "status", "title", "detail", "instance"]

  /// The value of an extension member, nil when there is none.
  public subscript(name: String) -> JSONValue? {
    extensions[name]
  }

  /// The problem type with the base URI applied, by which two types are compared.
  ///
  /// Without a base the type is as it is written, and so it is where the two cannot be joined.
  ///
  /// Source: RFC 9457, section 3.1.1; RFC 3986, section 5.
  ///
  /// - Parameter base: The address of the response.
  /// - Returns: The resolved type.
  public func resolvedType(base: String?) -> String {
    guard let base else { return type }
    return URIReference.resolve(type, against: base) ?? type
  }
}

/// Takes the members of the standard from an object, and notes those of the wrong type.
private struct MemberReading {
  let object: JSONObject
  var ignored: [Problem.IgnoredMember] = []

  mutating func string(_ name: String) -> String? {
    guard let value = object[name] else { return nil }
    if let string = value.stringValue { return string }
    ignored.append(.init(name: name, found: value, expected: "a string"))
    return nil
  }

  mutating func integer(_ name: String) -> Int? {
    guard let value = object[name] else { return nil }
    if let integer = value.intValue { return integer }
    let expected = value.numberValue == nil ? "a number" : "an integer"
    ignored.append(.init(name: name, found: value, expected: expected))
    return nil
  }
}
