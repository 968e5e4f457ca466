/// A condition on a value that can say why it does not hold.
///
/// A wait that takes a closure knows only that it returned false. With a matcher a failed wait says, for
/// each event that came, what about it did not match:
///
/// ```swift
/// let done = try await progress.first(matching: .with(\.stage, equalTo: .storage))
/// ```
///
/// Matchers are pure: they run under the lock of the channel that they are used with.
public struct Matcher<Value>: Sendable {
  /// What is wanted, as it completes the sentence "a value that …": `is 7`, `has stage that is "storage"`.
  public let description: String
  private let reason: @Sendable (Value) -> String?

  /// Makes a matcher.
  ///
  /// - Parameters:
  ///   - description: What is wanted, as it completes the sentence "a value that …".
  ///   - mismatch: Says in a few words why a value does not match; nil when it does.
  public init(_ description: String, mismatch: @escaping @Sendable (Value) -> String?) {
    self.description = description
    reason = mismatch
  }

  /// Why the value does not match, in a few words; nil when it does.
  public func mismatch(of value: Value) -> String? { reason(value) }

  /// A value for which the condition, which is put into words here, is true.
  public static func satisfying(
    _ condition: String, _ predicate: @escaping @Sendable (Value) -> Bool
  ) -> Matcher {
    Matcher(condition) { predicate($0) ? nil : "not: \(condition)" }
  }

  /// A value equal to this one.
  public static func equal(to wanted: Value) -> Matcher where Value: Equatable & Sendable {
    let text = shown(wanted, cutAt: 60)
    return Matcher("is \(text)") { $0 == wanted ? nil : "is not \(text)" }
  }

  /// A value with a member that is equal to this.
  public static func with<Member: Equatable & Sendable>(
    _ path: any KeyPath<Value, Member> & Sendable, equalTo wanted: Member
  ) -> Matcher {
    with(path, .equal(to: wanted))
  }

  /// A value with a member that matches.
  public static func with<Member>(
    _ path: any KeyPath<Value, Member> & Sendable, _ matcher: Matcher<Member>
  ) -> Matcher {
    let name = memberName(of: path)
    return Matcher("has \(name) that \(matcher.description)") { value in
      let member = value[keyPath: path]
      return matcher.mismatch(of: member).map { "\(name) = \(shown(member, cutAt: 60)) \($0)" }
    }
  }

  /// A value that both match; the first mismatch is told.
  public func and(_ other: Matcher) -> Matcher {
    Matcher("\(description) and \(other.description)") {
      mismatch(of: $0) ?? other.mismatch(of: $0)
    }
  }

  /// A value that at least one of the two matches.
  public func or(_ other: Matcher) -> Matcher {
    Matcher("\(description) or \(other.description)") { value in
      guard let first = mismatch(of: value), let second = other.mismatch(of: value) else {
        return nil
      }
      return "\(first), and \(second)"
    }
  }

  /// `\Progress.stage` as `stage`.
  private static func memberName(of path: AnyKeyPath) -> String {
    let text = path.debugDescription
    guard text.hasPrefix("\\"), let dot = text.firstIndex(of: ".") else { return text }
    return String(text[text.index(after: dot)...])
  }
}
