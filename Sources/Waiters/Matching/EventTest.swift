/// A condition of a wait on an event, whose type the machines do not know.
struct EventTest: Sendable {
  /// Whether the event meets the condition; runs under the channel's lock.
  let matches: @Sendable (PayloadBox) -> Bool
  /// Why it does not, in a few words; nil where only that is known.
  let reason: (@Sendable (PayloadBox) -> String?)?
  /// What is wanted, as it completes "an event that …"; nil where there are no words for it.
  let condition: String?

  /// A closure, which says only yes or no.
  init<Event: Sendable>(_ predicate: @escaping @Sendable (Event) -> Bool) {
    matches = { predicate($0.open(as: Event.self)) }
    reason = nil
    condition = nil
  }

  /// A matcher, which says why not.
  init<Event: Sendable>(_ matcher: Matcher<Event>) {
    matches = { matcher.mismatch(of: $0.open(as: Event.self)) == nil }
    reason = { matcher.mismatch(of: $0.open(as: Event.self)) }
    condition = shown(matcher.description[...], cutAt: 240)
  }
}
