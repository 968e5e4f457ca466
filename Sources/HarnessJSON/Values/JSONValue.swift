/// A JSON value as it was written: member order, duplicate members and the text of numbers are kept.
///
/// A value that was parsed makes its strings, numbers and containers when they are looked at: see
/// ``JSONDocument``. `==` compares by meaning, as ``JSONDifference`` does: numbers by exact decimal value, strings by
/// their UTF-8 bytes, members in any order, array elements in order.
///
/// Source: RFC 8259, section 3.
public enum JSONValue: Sendable {
  /// The literal `null`.
  case null
  /// The literals `true` and `false`.
  case bool(Bool)
  /// A number with the text it was written in.
  case number(JSONNumber)
  /// A string of Unicode scalars.
  case string(String)
  /// Values in order.
  case array(JSONArray)
  /// Members in the order they were written.
  case object(JSONObject)
}

extension JSONValue {
  /// An array of elements.
  public static func array(_ elements: [JSONValue]) -> JSONValue {
    .array(JSONArray(elements))
  }

  /// Whether this is `null`.
  public var isNull: Bool {
    if case .null = self { true } else { false }
  }

  /// The Boolean, or nil when this is another kind of value.
  public var boolValue: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  /// The number, or nil when this is another kind of value.
  public var numberValue: JSONNumber? {
    if case .number(let value) = self { value } else { nil }
  }

  /// The number as an integer, or nil when this is another kind of value, has a fraction or does
  /// not fit.
  ///
  /// `1.0` and `1e2` are integers.
  public var intValue: Int? {
    numberValue.flatMap(Int.init(exactly:))
  }

  /// The string, or nil when this is another kind of value.
  public var stringValue: String? {
    if case .string(let value) = self { value } else { nil }
  }

  /// The elements, or nil when this is another kind of value.
  public var arrayValue: JSONArray? {
    if case .array(let value) = self { value } else { nil }
  }

  /// The members, or nil when this is another kind of value.
  public var objectValue: JSONObject? {
    if case .object(let value) = self { value } else { nil }
  }

  /// The value of the member with this name, the last one where the name is written twice; nil when
  /// this is no object or has no such member.
  public subscript(name: String) -> JSONValue? {
    objectValue?[name]
  }

  /// The element at this index, counted from 0; nil when this is no array or is shorter.
  public subscript(index: Int) -> JSONValue? {
    guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
    return elements[index]
  }

  /// What kind of value this is, in the words of RFC 8259 with an article: "a string", "null".
  package var kindName: String {
    switch self {
    case .null: "null"
    case .bool: "a Boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}

extension JSONValue: CustomStringConvertible {
  /// The compact text of the value.
  public var description: String { compactText }
}
