public import Foundation
import HarnessJSON

/// Says what may vary at one place of a value from run to run, and what it must look like all the same.
///
/// A place is a JSON Pointer such as `/id`, in which a segment `*` stands for every member or element:
/// `/rows/*/id`; or a JSONPath (RFC 9535) such as `$..id` or `$.rows[?@.kind == 'a'].id`, which is asked of
/// both sides. The golden file has a readable placeholder there. Both sides are checked: the value must keep
/// the rule, and the golden file must have the placeholder or something that keeps it too. A rule that matches
/// nothing fails the test.
///
/// Of several rules that say what stands at a place the first speaks; ``optional(_:)``, ``unordered(_:)`` and
/// ``keyed(_:by:)`` go with any other.
public struct GoldenRule: Sendable {
  enum Kind: Sendable {
    case uuid(alias: String?)
    case timestamp(within: ClosedRange<Date>?)
    case number(tolerance: JSONNumber)
    case regex(String)
    case alias(String)
    case any, ignored
    case optional
    case unordered
    case keyed(by: String)
  }

  let kind: Kind
  let path: String

  private init(_ kind: Kind, _ path: String) {
    self.kind = kind
    self.path = path
  }

  /// A UUID in its text form, in either case; `"<uuid>"` in the file.
  ///
  /// With an alias it is `"<order 1>"`, and keeps its identity as ``alias(_:_:)`` does.
  ///
  /// Source: RFC 9562, section 4.
  public static func uuid(_ path: String, alias: String? = nil) -> GoldenRule {
    GoldenRule(.uuid(alias: alias), path)
  }

  /// A date and time with an offset; `"<timestamp>"` in the file.
  ///
  /// Source: RFC 3339, section 5.6.
  public static func timestamp(_ path: String) -> GoldenRule {
    GoldenRule(.timestamp(within: nil), path)
  }

  /// A date and time with an offset, at most `distance` before or after an instant, which is now unless given.
  ///
  /// The window is that of the value; a date in the golden file may be of any time.
  ///
  /// Source: RFC 3339, section 5.6.
  public static func timestamp(
    _ path: String, within distance: Duration, of instant: Date = Date()
  ) -> GoldenRule {
    let (seconds, attoseconds) = distance.components
    let interval = abs(Double(seconds) + Double(attoseconds) / 1e18)
    let window = instant.addingTimeInterval(-interval)...instant.addingTimeInterval(interval)
    return GoldenRule(.timestamp(within: window), path)
  }

  /// A number at most `tolerance` away from the one in the file, by exact decimal arithmetic.
  ///
  /// The file keeps its number, so that a reader sees what is expected. The tolerance is taken as it is
  /// written: 0.1 is a tenth, not the nearest `Double`.
  public static func number(_ path: String, tolerance: Double) -> GoldenRule {
    GoldenRule(.number(tolerance: JSONNumber(tolerance.magnitude) ?? 0), path)
  }

  /// A string that matches a regular expression as a whole; `"<regex …>"` in the file.
  ///
  /// The expression is an I-Regexp, which is a part of what regular expressions are elsewhere: digits are
  /// `[0-9]`, for there is no `\d`. In return its time grows with the text and no faster, whatever a service sends.
  ///
  /// Source: RFC 9485.
  public static func regex(_ path: String, _ pattern: String) -> GoldenRule {
    GoldenRule(.regex(pattern), path)
  }

  /// A string, number or Boolean that varies, but not its identity: the first is `"<order 1>"` in the file, the
  /// next one that differs from it `"<order 2>"`, and the same value has the same alias everywhere.
  ///
  /// Rules with the same name share their values, so that a file shows which row belongs to which order.
  /// Aliases are counted in the order of the file.
  public static func alias(_ path: String, _ name: String) -> GoldenRule {
    GoldenRule(.alias(name), path)
  }

  /// Anything, as long as it is there; `"<any>"` in the file.
  public static func any(_ path: String) -> GoldenRule {
    GoldenRule(.any, path)
  }

  /// Anything, also nothing, as long as the value or the file has it; `"<ignored>"` in the file.
  public static func ignored(_ path: String) -> GoldenRule {
    GoldenRule(.ignored, path)
  }

  /// A member that may be absent from the value or the file; where both have it, it is compared.
  public static func optional(_ path: String) -> GoldenRule {
    GoldenRule(.optional, path)
  }

  /// An array whose elements may come in any order.
  public static func unordered(_ path: String) -> GoldenRule {
    GoldenRule(.unordered, path)
  }

  /// An array whose elements may come in any order and are told apart by what a pointer such as `/id` leads to.
  public static func keyed(_ path: String, by key: String) -> GoldenRule {
    GoldenRule(.keyed(by: key), path)
  }
}

extension GoldenRule: CustomStringConvertible {
  /// The rule as it is written in a test.
  public var description: String {
    let place = Self.quoted(path)
    return switch kind {
    case .uuid(nil): ".uuid(\(place))"
    case .uuid(let alias?): ".uuid(\(place), alias: \(Self.quoted(alias)))"
    case .timestamp(nil): ".timestamp(\(place))"
    case .timestamp(.some): ".timestamp(\(place), within: …)"
    case .number(let tolerance): ".number(\(place), tolerance: \(tolerance))"
    case .regex(let pattern): ".regex(\(place), \(Self.quoted(pattern)))"
    case .alias(let name): ".alias(\(place), \(Self.quoted(name)))"
    case .any: ".any(\(place))"
    case .ignored: ".ignored(\(place))"
    case .optional: ".optional(\(place))"
    case .unordered: ".unordered(\(place))"
    case .keyed(let key): ".keyed(\(place), by: \(Self.quoted(key)))"
    }
  }

  private static func quoted(_ text: String) -> String {
    JSONValue.string(text).compactText
  }
}
