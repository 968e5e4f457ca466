import HarnessLock
import HarnessReporting

/// One look before a scope and the looks after it.
struct PollutionCheck: Sendable {
  /// How long something that was left behind has to go by itself: a connection that is being closed by
  /// another thread, a thread on its way out.
  static let settling = Duration.milliseconds(500)
  private static let interval = Duration.milliseconds(10)

  /// The scopes that this code runs in.
  @TaskLocal static var scopes: [TestSightings.Scope] = []

  private let kinds: Set<PollutionKind>
  private let site: CallSite
  private let reporter = Reporter()
  /// The name of the test; nil where the framework tells none.
  private let test: String?
  private let path: String
  private let before: ProcessSnapshot
  /// When the scope began.
  private let start: ContinuousClock.Instant
  /// What is known of the runtime; it grows with each look.
  private let runtime: Lock<RuntimeParts>
  let scope: TestSightings.Scope

  /// Looks for the first time, on the test's task.
  init(_ kinds: [PollutionKind], at site: CallSite) {
    self.kinds = Set(kinds.isEmpty ? PollutionKind.allCases : kinds)
    self.site = site
    test = RunningTest.current?.name
    path = RunningTest.currentPath ?? "a scope at \(site)"
    scope = TestSightings.enter(path, within: Self.scopes)
    var runtime = RuntimeParts()
    before = .take(self.kinds, ofTestOf: reporter, &runtime)
    start = .realNow
    self.runtime = Lock(runtime)
  }

  /// Looks again until nothing is left, for a while, and tells what is.
  func finish() async {
    let found = HarnessLock.Lock(look())
    if !found.withLock({ Self.isSettled($0) }) {
      // Neither a deadline that is over nor a cancelled task may cut this short.
      await Task {
        await WaitContext.$current.withValue(WaitContext()) {
          _ = await outcomeOfPoll(
            every: Self.interval, "what was left behind", within: Self.settling
          ) {
            let findings = look()
            found.withLock { $0 = findings }
          } until: {
            found.withLock { Self.isSettled($0) }
          }
        }
      }.value
    }
    tell(found.withLock { $0 })
  }

  /// The same for synchronous code, whose thread it blocks while something is left.
  func finishBlocking() {
    let deadline = Deadline(Self.settling, origin: .standard)
    let look = Condition<Void>(())
    let findings = look.wait { _ in
      let findings = self.look()
      if Self.isSettled(findings) || deadline.remaining == .zero { return .finish(findings) }
      return .wait(atMost: min(Self.interval, deadline.remaining))
    }
    tell(findings)
  }

  /// Whether there is nothing to wait for: what another program may have made stays as long as it likes.
  private static func isSettled(_ findings: [PollutionFinding]) -> Bool {
    findings.allSatisfy { $0.origin == .machine }
  }

  private func look() -> [PollutionFinding] {
    let now = runtime.withLock {
      ProcessSnapshot.take(kinds, ofTestOf: reporter, since: start, &$0)
    }
    return now.findings(since: before)
  }

  private func tell(_ findings: [PollutionFinding]) {
    // Those with a hang limit are known while they run.
    let limited = RunningTests.names(except: path)
    let seen = TestSightings.leave(scope)
    let others = seen + limited.filter { !seen.contains($0) }
    guard !findings.isEmpty else { return }
    let verdict = PollutionVerdict(
      test: test, findings: findings,
      doubt: others.isEmpty ? (RunningFramework.runsTestsAtOnce ? .unseen : nil) : .others(others),
      settled: Self.settling * TimeScale.ofEnvironment.factor)
    if verdict.isCertain {
      reporter.record(verdict.failure(at: site))
    } else {
      reporter.note(verdict.text, at: site)
    }
  }
}
