/// What the lint forbids, by the name that an allowance gives it.
package enum Rule: String, Sendable, CaseIterable {
  /// Letting time pass.
  case sleep
  /// Asking again and again whether something has happened.
  case poll
}
