import HarnessLock
import Testing

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// When the harness last failed each test.
///
/// A failure in a task group or an `async let` cancels what waits beside it. Whoever is cancelled asks here
/// whether his test was failed meanwhile, and says nothing then: one cause is told once.
enum LatestFailures {
  private static let seconds = Lock<[Reporter.TestIdentity: Double]>([:])

  static func note(_ test: Reporter.TestIdentity) {
    seconds.withLock { $0[test] = now }
  }

  /// How long ago it was; nil where there was none.
  static func age(of test: Reporter.TestIdentity) -> Duration? {
    seconds.withLock { $0[test] }.map { .seconds(now - $0) }
  }

  /// The system's clock, not Swift's: that one is virtual in `withVirtualTime`, for the test and for us.
  private static var now: Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
