import HarnessReporting
import Testing

@testable import Waiters

@Suite struct `A deadline` {
  /// The deadline's text, without the time scale that these tests may run under.
  private func text(within duration: Duration?) -> String {
    let deadline = Deadline.effective(within: duration)
    return Deadline(deadline.asked, origin: deadline.origin, scale: TimeScale(nil)).description
  }

  @Test func `is 10 seconds where nobody says otherwise`() {
    #expect(text(within: nil) == "10 s, the default")
  }

  @Test func `is the tightest of the scopes and the wait`() async throws {
    try await withDeadline(.seconds(60), "outer") {
      try await withDeadline(.seconds(90), "inner") {
        let inherited = text(within: .seconds(80))
        #expect(inherited == "60 s, set by withDeadline \"outer\" at DeadlineTests.swift:18")
        #expect(text(within: .seconds(2)) == "2 s, set by this wait")
      }
      try await withDeadline(.seconds(30)) {
        let inherited = text(within: nil)
        #expect(inherited == "30 s, set by withDeadline at DeadlineTests.swift:24")
      }
    }
  }

  @Test func `reaches child tasks and tasks made in the scope`() async throws {
    try await withDeadline(.seconds(60), "scope") {
      async let child = text(within: nil)
      #expect(await child.contains("\"scope\""))
      #expect(
        await Task { text(within: nil) }.value.contains("\"scope\""))
    }
  }

  @Test func `is multiplied by the time scale, and says so`() {
    let start = ContinuousClock.now
    let deadline = Deadline(.seconds(2), origin: .wait, from: start, scale: TimeScale("2.5"))
    #expect(start.duration(to: deadline.instant) == .seconds(5))
    #expect(
      deadline.description == "5 s (2 s × 2.5 by HARNESS_TIME_SCALE), set by this wait")
  }

  @Test func `is multiplied once where its rest is another wait's`() {
    let start = ContinuousClock.Instant.realNow
    let deadline = Deadline(.seconds(3_600), origin: .wait, from: start, scale: TimeScale("4"))
    let rest = Deadline(
      deadline.remainingBeforeScale, origin: .wait, scale: TimeScale("4"))
    #expect(deadline.remainingBeforeScale <= .seconds(3_600))
    #expect(rest.instant >= deadline.instant - .milliseconds(1))
    #expect(rest.instant < deadline.instant + .seconds(3_600))
  }

  @Test(arguments: ["fast", "0", "-1", "nan", "inf", "1001", "1e-300", "0.0009"])
  func `tells of a time scale that it cannot use`(text: String) {
    let deadline = Deadline(.seconds(2), origin: .standard, scale: TimeScale(text))
    #expect(
      deadline.description
        == "2 s, the default; HARNESS_TIME_SCALE=\(text) is no number from 0.001 to 1000, and was ignored"
    )
  }

  @Test func `shows what its scope and the time scale are called on one line`() {
    let scope = Deadline.Origin.scope(name: "a\nb", site: CallSite())
    let text = Deadline(.seconds(2), origin: scope, scale: TimeScale("a\nb")).description
    #expect(text.contains(#"withDeadline "a\nb" at"#))
    #expect(text.contains(#"HARNESS_TIME_SCALE=a\nb is"#))
  }

  @Test(arguments: [nil, ""])
  func `has no time scale where none is set`(text: String?) {
    #expect(TimeScale(text) == TimeScale("1"))
  }

  @Test(arguments: [Duration.seconds(Int64.max), .seconds(Int64.min)])
  func `can be as long as a caller likes`(duration: Duration) {
    #expect(Deadline(duration, origin: .wait, scale: TimeScale("1000")).remaining >= .zero)
  }

  @Test(arguments: [
    (Duration.seconds(10), "10 s"), (.milliseconds(1_250), "1.25 s"),
    (.milliseconds(1_050), "1.05 s"),
    (.milliseconds(50), "50 ms"), (.microseconds(400), "0.4 ms"), (.zero, "0 ms"),
    (.seconds(600), "600 s"), (.milliseconds(-50), "-50 ms"), (.seconds(-2), "-2 s"),
    (.seconds(31_535_999), "31535999 s"), (.seconds(31_536_000), "1 year"),
    (.seconds(47_304_000), "1.5 years"), (.seconds(31_536_000_000), "1000 years"),
    (.seconds(Int64.max), "292471208678 years"), (.seconds(Int64.min), "-292471208678 years"),
    (Duration(attoseconds: .max), "5395141535403 years"),
    (Duration(attoseconds: .min), "-5395141535403 years"),
  ])
  func `is readable`(duration: Duration, text: String) {
    #expect(duration.readable == text)
  }

  @Test func `is summed up to the longest there is`() {
    let (longest, shortest) = (Duration(attoseconds: .max), Duration(attoseconds: .min))
    #expect(Duration.seconds(1).plus(.seconds(2)) == .seconds(3))
    #expect(Duration.seconds(1).minus(.seconds(2)) == .seconds(-1))
    #expect(longest.plus(.seconds(1)) == longest)
    #expect(shortest.plus(.seconds(-1)) == shortest)
    #expect(longest.minus(.seconds(-1)) == longest)
    #expect(shortest.minus(.seconds(1)) == shortest)
    #expect(Duration.zero.minus(shortest) == longest)
  }
}
