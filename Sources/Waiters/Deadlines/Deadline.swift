package import HarnessReporting

/// The instant by which a wait must have ended, and who set it.
///
/// Drivers ask for it where they would take a timeout, and hand its ``description`` on in their failures.
package struct Deadline: Sendable {
  /// Who set a deadline.
  package enum Origin: Sendable {
    /// Nobody: a wait without `within:`, outside of every scope.
    case standard
    /// The wait itself, by `within:`.
    case wait
    /// A ``withDeadline(_:_:fileID:filePath:line:column:_:)`` scope.
    ///
    /// Indirect, as each wait keeps its deadline, and few are asked who set it.
    indirect case scope(name: String, site: CallSite)
    /// A hang limit.
    indirect case hangLimit(site: CallSite)
  }

  /// When the wait ends.
  package let instant: ContinuousClock.Instant
  /// What was asked for, before the time scale.
  let asked: Duration
  /// Who asked for it.
  package let origin: Origin
  let scale: TimeScale

  /// What a wait has that nobody gave a deadline: 10 seconds.
  static let standard = Duration.seconds(10)

  /// Ten years, which stand for "never": an instant further off could not be represented.
  private static let years = Duration.seconds(315_360_000)

  /// The deadline of what has none.
  static let never = Deadline(years, origin: .standard)

  var isNever: Bool { asked == Self.years }

  init(
    _ duration: Duration, origin: Origin, from start: ContinuousClock.Instant = .realNow,
    scale: TimeScale = .ofEnvironment
  ) {
    let asked = min(max(duration, .zero), Self.years)
    self.asked = asked
    self.origin = origin
    self.scale = scale
    instant = start + min(asked * scale.factor, Self.years)
  }

  /// The deadline of something that begins now, whatever the scope's: `duration` times the time scale.
  package static func scaled(_ duration: Duration) -> Deadline {
    Deadline(duration, origin: .wait)
  }

  /// The deadline of something that begins now: the tighter one of `duration` and the scope's.
  ///
  /// `duration` is what the caller allows, before the time scale; nil leaves it to the scope, and outside
  /// of every scope to the default of 10 s.
  package static func effective(within duration: Duration?) -> Deadline {
    effective(within: duration, in: .current, from: .realNow)
  }

  static func effective(
    within duration: Duration?, in context: WaitContext, from start: ContinuousClock.Instant
  ) -> Deadline {
    let own = duration.map { Deadline($0, origin: .wait, from: start) }
    return tighter(own, context.deadline) ?? Deadline(standard, origin: .standard, from: start)
  }

  static func tighter(_ a: Deadline?, _ b: Deadline?) -> Deadline? {
    guard let a, let b else { return a ?? b }
    return a.instant < b.instant ? a : b
  }

  /// Whether a scope set it, so that other waits may have used the time up.
  var isOfScope: Bool {
    switch origin {
    case .standard, .wait: false
    case .scope, .hangLimit: true
    }
  }

  /// The time that is left; never negative.
  package var remaining: Duration {
    max(ContinuousClock.Instant.realNow.duration(to: instant), .zero)
  }

  /// The time that is left, for another wait, which multiplies it by the time scale once more.
  package var remainingBeforeScale: Duration { remaining / scale.factor }
}

extension Deadline: CustomStringConvertible {
  /// The time allowed and who set it, such as `2 s, set by withDeadline "boot" at Boot.swift:12`.
  package var description: String {
    var text = asked.readable
    if scale.factor != 1 {
      text = "\((asked * scale.factor).readable) (\(text) × \(scale.factor) by HARNESS_TIME_SCALE)"
    }
    switch origin {
    case .standard: text += ", the default"
    case .wait: text += ", set by this wait"
    case .hangLimit(let site): text += ", set by the hang limit at \(site)"
    case .scope(name: "", let site): text += ", set by withDeadline at \(site)"
    case .scope(let name, let site): text += ", set by withDeadline \(quoted(name)) at \(site)"
    }
    if let unusable = scale.unusable {
      text +=
        "; HARNESS_TIME_SCALE=\(shown(unusable[...], cutAt: 40)) is no number from 0.001 to 1000, and was ignored"
    }
    return text
  }
}
