import Foundation
import HarnessJSON

/// A rule made ready for many values: its expression is read once.
struct RuleCheck {
  let rule: GoldenRule
  /// Where it speaks; nil where the rule has a mistake.
  let path: RulePath?
  let pattern: TextPattern?
  /// The pointer of a key, without what its first sign means.
  let key: JSONPointer?
  /// What is wrong with the rule itself; nil when nothing is.
  let mistake: String?

  init(_ rule: GoldenRule) {
    self.rule = rule
    var mistake: String?
    var path: RulePath?
    do { path = try RulePath(rule.path) } catch {
      mistake = "the rule \(rule) has no place: \(error)"
    }
    var pattern: TextPattern?
    var key: JSONPointer?
    switch rule.kind {
    case .regex(let text):
      do { pattern = try TextPattern(text) } catch {
        mistake = mistake ?? "the rule \(rule) has no regular expression: \(error)"
      }
    case .keyed(let text):
      do { key = try JSONPointer(parsing: text) } catch {
        mistake = mistake ?? "the rule \(rule) has no key: \(error)"
      }
    default: break
    }
    self.path = mistake == nil ? path : nil
    self.pattern = pattern
    self.key = key
    self.mistake = mistake
  }

  /// Whether the rule says what stands at its place, and not only how the place is treated.
  var isCheck: Bool {
    switch rule.kind {
    case .uuid, .timestamp, .number, .regex, .alias, .any, .ignored: true
    case .optional, .unordered, .keyed: false
    }
  }

  /// What keeps its identity in the file, by the name of its aliases.
  var alias: String? {
    switch rule.kind {
    case .uuid(let alias): alias
    case .alias(let name): name
    default: nil
    }
  }

  /// What stands in the file; nil for a number, which stays as it is.
  ///
  /// For an alias it is the placeholder without its count.
  var placeholder: String? {
    switch rule.kind {
    case .uuid(let alias): alias.map { "<\($0)>" } ?? "<uuid>"
    case .timestamp: "<timestamp>"
    case .regex(let pattern): "<regex \(pattern)>"
    case .alias(let name): "<\(name)>"
    case .any: "<any>"
    case .ignored: "<ignored>"
    case .number, .optional, .unordered, .keyed: nil
    }
  }

  /// Whether a value of the golden file is what the rule writes there.
  func isPlaceholder(_ value: JSONValue) -> Bool {
    guard let text = value.stringValue, let placeholder else { return false }
    if alias == nil { return text.hasSameBytes(as: placeholder) }
    // `<order 12>`
    let prefix = placeholder.dropLast() + " "
    let count = text.dropFirst(prefix.count).dropLast()
    return text.hasPrefix(prefix) && text.hasSuffix(">") && !count.isEmpty
      && count.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  /// What the value must be, with an article; nil when it keeps the rule.
  ///
  /// The window of a timestamp binds the value alone: a file is older.
  func violation(by value: JSONValue, isGolden: Bool) -> String? {
    switch rule.kind {
    case .any, .ignored, .optional, .unordered, .keyed: return nil
    case .number: return value.numberValue == nil ? "a number" : nil
    case .uuid: return value.stringValue.map(isUUID) == true ? nil : "a UUID"
    case .alias:
      switch value {
      case .string, .number, .bool: return nil
      case .null, .array, .object: return "a string, a number or a Boolean"
      }
    case .timestamp(let window):
      guard value.stringValue.map(isTimestamp) == true else {
        return "an RFC 3339 date and time with an offset"
      }
      guard let window, !isGolden, let date = try? value.decode(Date.self),
        !window.contains(date)
      else { return nil }
      return "a time from \(Self.text(window.lowerBound)) to \(Self.text(window.upperBound))"
    case .regex(let text):
      let isMatch = value.stringValue.map { pattern?.matchesWhole($0) == true } == true
      return isMatch ? nil : "a string that matches \(JSONValue.string(text))"
    }
  }

  private static func text(_ date: Date) -> String {
    date.formatted(.iso8601)
  }
}

extension GoldenRule {
  /// Whether a text is what a rule writes into a file.
  static func isPlaceholder(_ text: String) -> Bool {
    ["<uuid>", "<timestamp>", "<any>", "<ignored>"].contains(text)
      || (text.hasPrefix("<regex ") && text.hasSuffix(">"))
  }
}
