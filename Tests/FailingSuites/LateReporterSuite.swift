import HarnessLock
import HarnessReporting
import Testing

/// A reporter that outlives its test, as that of a shared driver may.
@Suite(.serialized) struct LateReporterSuite {
  private static let shared = Lock<Reporter?>(nil)

  @Test func early() {
    let reporter = Reporter()
    Self.shared.withLock { $0 = reporter }
  }

  @Test func late() async throws {
    let reporter = try #require(Self.shared.withLock { $0 })
    let site = CallSite()
    await Task.detached {
      for number in 1...100 { reporter.record(Failure("late \(number)", at: site)) }
    }.value
    reporter.flush()
    // The last of them is recorded after all the others.
    _ = await Task.detached { await reporter.error(recording: Failure("last", at: site)) }.value
  }
}
