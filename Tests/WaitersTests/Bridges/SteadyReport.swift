import Testing

@testable import Waiters

/// The text of a failed wait without what differs from run to run: times, and the time scale.
func steadyText<Value>(_ outcome: WaitOutcome<Value>) throws -> String {
  var report = try #require(outcome.report)
  report.contents.waited = .milliseconds(1_250)
  report.contents.deadline = Deadline(
    report.contents.deadline.asked, origin: report.contents.deadline.origin, scale: TimeScale(nil))
  return report.description.replacing(#/(#\d+ at )[\d.]+ m?s/#) { "\($0.1)some time" }
    .replacing(#/\n  pause .*/#, with: "")
}
