import Testing

@testable import Waiters

@Suite struct `The cause of a missed deadline` {
  private struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var ran = Duration.zero
    var delayed: Duration? = .zero
    var sinceRan = Duration.zero
    var sinceDelayed: Duration? = .zero
    var resumed: Duration? = .seconds(1)
    let suffix: String
  }

  /// A deadline of 1 s, whose task was given a thread 1 s later or not yet.
  private static let cases = [
    Case(
      testDescription: "threads that sleep",
      suffix:
        ", and the cooperative pool, or the task's actor, was blocked: it got a thread after 1 s"),
    Case(
      testDescription: "threads that sleep on", resumed: nil,
      suffix:
        ", and the cooperative pool, or the task's actor, is blocked: it has no thread yet"),
    Case(
      testDescription: "threads that compute", sinceRan: .milliseconds(900),
      suffix: ", and the cooperative pool, or the task's actor, was busy: it got a thread after 1 s"
    ),
    Case(
      testDescription: "threads that had no core before the deadline", ran: .milliseconds(100),
      delayed: .milliseconds(900),
      suffix:
        ", and the process was starved of CPU: its threads waited 900 ms for a core and ran 100 ms in 1 s"
    ),
    Case(
      testDescription: "threads that have no core since", sinceRan: .milliseconds(600),
      sinceDelayed: .milliseconds(900),
      suffix:
        ", and the process was starved of CPU: its threads waited 900 ms for a core and ran 600 ms in 1 s"
    ),
    Case(
      testDescription: "a system that does not tell", delayed: nil, sinceDelayed: nil,
      suffix:
        ", and the cooperative pool, or the task's actor, was blocked: it got a thread after 1 s"),
  ]

  @Test(arguments: cases)
  private func `is told from the load`(given: Case) {
    let cause = TimeoutCause(
      load: LoadWindow(wall: .seconds(1), ran: given.ran, delayed: given.delayed),
      since: LoadWindow(wall: .seconds(1), ran: given.sinceRan, delayed: given.sinceDelayed),
      resumed: given.resumed)
    #expect(cause.suffix == given.suffix)
  }

  @Test(arguments: [
    // Too short to say anything; waited less than it ran; waited less than half of the time.
    LoadWindow(wall: .milliseconds(10), ran: .zero, delayed: .milliseconds(10)),
    LoadWindow(wall: .seconds(1), ran: .seconds(2), delayed: .seconds(1)),
    LoadWindow(wall: .seconds(1), ran: .zero, delayed: .milliseconds(400)),
  ])
  func `is not the load where there was little of it`(load: LoadWindow) {
    #expect(!load.isStarved)
  }
}
