import HarnessJSON

/// Says what may vary at one place of a value from run to run, and what it must look like all the same.
///
/// A place is a JSON Pointer such as `/id`, in which a segment `*` stands for every member or element:
/// `/rows/*/id`. The golden file has a readable placeholder there. Both sides are checked: the value must
/// keep the rule, and the golden file must have the placeholder or something that keeps it too. A rule
/// that matches nothing fails the test.
public struct GoldenRule: Sendable {
  enum Kind: Sendable {
    case uuid, timestamp, any, ignored
    case number(tolerance: JSONNumber)
    case regex(String)
  }

  let kind: Kind
  let path: String
  /// The segments of the path; nil where it is no pointer.
  let place: [String]?

  private init(_ kind: Kind, _ path: String) {
    self.kind = kind
    self.path = path
    place = try? JSONPointer(parsing: path).tokens
  }

  /// A UUID in its text form, in either case; `"<uuid>"` in the file.
  ///
  /// Source: RFC 9562, section 4.
  public static func uuid(_ path: String) -> GoldenRule {
    GoldenRule(.uuid, path)
  }

  /// A date and time with an offset; `"<timestamp>"` in the file.
  ///
  /// Source: RFC 3339, section 5.6.
  public static func timestamp(_ path: String) -> GoldenRule {
    GoldenRule(.timestamp, path)
  }

  /// A number at most `tolerance` away from the one in the file, by exact decimal arithmetic.
  ///
  /// The tolerance is taken as it is written: 0.1 is a tenth, not the nearest `Double`.
  public static func number(_ path: String, tolerance: Double) -> GoldenRule {
    GoldenRule(.number(tolerance: JSONNumber(tolerance.magnitude) ?? 0), path)
  }

  /// A string that matches a regular expression as a whole; `"<regex …>"` in the file.
  ///
  /// The expression is that of Swift's `Regex`.
  public static func regex(_ path: String, _ pattern: String) -> GoldenRule {
    GoldenRule(.regex(pattern), path)
  }

  /// Anything, as long as it is there; `"<any>"` in the file.
  public static func any(_ path: String) -> GoldenRule {
    GoldenRule(.any, path)
  }

  /// Anything, also nothing, as long as the value or the file has it; `"<ignored>"` in the file.
  public static func ignored(_ path: String) -> GoldenRule {
    GoldenRule(.ignored, path)
  }
}

extension GoldenRule: CustomStringConvertible {
  /// The rule as it is written in a test.
  public var description: String {
    let place = JSONValue.string(path).compactText
    return switch kind {
    case .uuid: ".uuid(\(place))"
    case .timestamp: ".timestamp(\(place))"
    case .any: ".any(\(place))"
    case .ignored: ".ignored(\(place))"
    case .number(let tolerance): ".number(\(place), tolerance: \(tolerance))"
    case .regex(let pattern): ".regex(\(place), \(JSONValue.string(pattern).compactText))"
    }
  }
}

extension GoldenRule {
  /// What stands in the file; nil for a number, which stays as it is.
  var placeholder: String? {
    switch kind {
    case .uuid: "<uuid>"
    case .timestamp: "<timestamp>"
    case .any: "<any>"
    case .ignored: "<ignored>"
    case .regex(let pattern): "<regex \(pattern)>"
    case .number: nil
    }
  }

  static func isPlaceholder(_ text: String) -> Bool {
    ["<uuid>", "<timestamp>", "<any>", "<ignored>"].contains(text)
      || (text.hasPrefix("<regex ") && text.hasSuffix(">"))
  }

  /// What the value must be, with an article; nil when it keeps the rule.
  ///
  /// The regular expression is that of the rule, made once for all the values it covers.
  func violation(by value: JSONValue, _ regex: Regex<AnyRegexOutput>?) -> String? {
    switch kind {
    case .any, .ignored: nil
    case .number: value.numberValue == nil ? "a number" : nil
    case .uuid: value.stringValue.map(isUUID) == true ? nil : "a UUID"
    case .timestamp:
      value.stringValue.map(isTimestamp) == true ? nil : "an RFC 3339 date and time with an offset"
    case .regex(let pattern):
      matches(regex, value) ? nil : "a string that matches \(JSONValue.string(pattern))"
    }
  }

  private func matches(_ regex: Regex<AnyRegexOutput>?, _ value: JSONValue) -> Bool {
    guard let text = value.stringValue, let regex else { return false }
    return (try? regex.wholeMatch(in: text)) != nil
  }

  /// The regular expression of the rule, where it is one.
  var regex: Regex<AnyRegexOutput>? {
    if case .regex(let pattern) = kind { try? Regex(pattern) } else { nil }
  }

  /// What is wrong with the rule itself; nil when nothing is.
  var mistake: String? {
    if let error = pathMistake { return "the rule \(self) has no place: \(error)" }
    guard case .regex(let pattern) = kind else { return nil }
    do {
      _ = try Regex(pattern)
      return nil
    } catch {
      return "the rule \(self) has no regular expression: \(error)"
    }
  }
}
