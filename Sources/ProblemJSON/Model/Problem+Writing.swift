public import HarnessJSON

/// Why a problem cannot be written.
public struct ProblemWritingError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The member that is wrong.
  public let member: String
  /// What is wrong with it.
  public let reason: String

  /// The member and what is wrong with it.
  public var description: String { "\(member): \(reason)" }
}

extension Problem {
  /// The problem as a JSON object: the members of the standard first, those that are absent left out.
  ///
  /// Writing is as strict as reading is lenient.
  ///
  /// - Throws: The first member that breaks RFC 9457: a `type` or `instance` that is no URI reference, a status
  ///   outside of 100 to 599, an extension with the name of a standard member, with a name that is there twice, or
  ///   with one that cannot be written in every format (section 4).
  public func jsonObject() throws(ProblemWritingError) -> JSONObject {
    try Self.check(type, "type")
    if let instance { try Self.check(instance, "instance") }
    if let status, !(100...599).contains(status) {
      throw ProblemWritingError(member: "status", reason: "\(status) is no HTTP status code")
    }
    var members: [JSONObject.Member] = [.init(name: "type", value: .string(type))]
    if let title { members.append(.init(name: "title", value: .string(title))) }
    if let status { members.append(.init(name: "status", value: .number(JSONNumber(status)))) }
    if let detail { members.append(.init(name: "detail", value: .string(detail))) }
    if let instance { members.append(.init(name: "instance", value: .string(instance))) }
    var names = Self.standardNames
    for member in extensions {
      guard names.insert(member.name).inserted else {
        throw ProblemWritingError(member: member.name, reason: "the name is there already")
      }
      guard ExtensionName.isPortable(member.name) else {
        throw ProblemWritingError(
          member: member.name, reason: "the name cannot be used in every format")
      }
      members.append(member)
    }
    return JSONObject(members)
  }

  private static func check(_ text: String, _ member: String) throws(ProblemWritingError) {
    guard let mistake = URIReference.mistake(in: text) else { return }
    throw ProblemWritingError(member: member, reason: "no URI reference: \(mistake)")
  }
}

/// The names of extension members.
enum ExtensionName {
  /// Three characters or more, a letter first, then letters, digits and `_`.
  ///
  /// Source: RFC 9457, section 4.
  static func isPortable(_ name: String) -> Bool {
    guard let first = name.utf8.first, name.utf8.count >= 3 else { return false }
    return first.isLetter
      && name.utf8.allSatisfy { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") }
  }

  /// A name that an XML element can have, without a colon.
  ///
  /// Source: Namespaces in XML 1.0, section 3 (NCName).
  static func isXMLName(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first, isNameStart(first) else { return false }
    return name.unicodeScalars.dropFirst().allSatisfy { scalar in
      isNameStart(scalar) || "-.".unicodeScalars.contains(scalar)
        || ("0"..."9").contains(scalar) || scalar == "\u{B7}"
        || ("\u{300}"..."\u{36F}").contains(scalar) || ("\u{203F}"..."\u{2040}").contains(scalar)
    }
  }

  private static func isNameStart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "_", "\u{C0}"..."\u{D6}", "\u{D8}"..."\u{F6}",
      "\u{F8}"..."\u{2FF}", "\u{370}"..."\u{37D}", "\u{37F}"..."\u{1FFF}",
      "\u{200C}"..."\u{200D}", "\u{2070}"..."\u{218F}", "\u{2C00}"..."\u{2FEF}",
      "\u{3001}"..."\u{D7FF}", "\u{F900}"..."\u{FDCF}", "\u{FDF0}"..."\u{FFFD}",
      "\u{10000}"..."\u{EFFFF}":
      true
    default: false
    }
  }
}
