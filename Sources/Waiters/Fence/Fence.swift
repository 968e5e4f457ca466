import HarnessLock
import HarnessReporting

/// Something that is known to come after the last chance of something else.
///
/// It proves a negative without letting time pass: when the fence has been passed, what has not come by
/// then does not come any more. What the proof is worth depends on the order that the system keeps: an
/// answer on the same connection comes after everything that was sent on it before; the end of a process
/// comes after everything that it did. What was sent by the moment in which the fence is passed counts; where
/// it was passed before, by the moment of the call that uses it.
///
/// ```swift
/// try await errors.expectNone(until: .sent(done))
/// try await retries.expectNone(until: Fence("answer to ping") { try await client.ping() })
/// ```
public struct Fence: Sendable {
  /// What failures call it, such as `Signal "done"`.
  let title: String
  private let reach:
    @Sendable (Duration?, CallSite, @escaping @Sendable () -> Void) async throws -> Void

  init(
    title: String,
    reach:
      @escaping @Sendable (Duration?, CallSite, @escaping @Sendable () -> Void) async throws -> Void
  ) {
    self.title = title
    self.reach = reach
  }

  /// A fence that is passed when `wait` returns: a pong, a response on the same connection, the exit of a
  /// process.
  ///
  /// What comes between the event itself and the return of `wait` counts as before the fence. A wait that fails
  /// in it is told as the failure of the call that uses the fence; what else it throws, that call throws on.
  /// `wait` is cancelled when the deadline passes, and not waited for.
  public init(_ name: String, _ wait: @escaping @Sendable () async throws -> Void) {
    let title = "Fence \(quoted(name))"
    self.init(title: title) { duration, site, passed in
      let end = Channel("Fence", name, SignalState(.fence))
      var context = WaitContext.current
      context.isFence = true
      let task = WaitContext.$current.withValue(context) {
        Task {
          let result = await Result(catching: wait)
          // Nobody waits any more, and what a cancelled wait returns with is no passing.
          if Task.isCancelled { return }
          passed()
          end.point.update { $0.send(ValueBox(result)) }
        }
      }
      try await withTaskCancellationHandler {
        do {
          let result = try await end.value(of: .init(.fence), within: duration, at: site)
            .open(as: Result<Void, any Error>.self)
          if case .failure(let untold as UntoldFailure) = result {
            throw UntoldFailure(
              failure: Failure(
                "\(title) was not passed: \(untold.failure.message)", at: site,
                evidence: untold.failure.evidence))
          }
          try result.get()
        } catch {
          task.cancel()
          throw error
        }
      } onCancel: {
        task.cancel()
      }
    }
  }

  /// Waits until the fence is passed, and calls `passed` at that moment, on whatever thread; possibly once
  /// more later.
  ///
  /// - Throws: ``UntoldFailure`` where it is not passed; what a fence's own wait throws.
  func pass(
    within duration: Duration?, at site: CallSite, then passed: @escaping @Sendable () -> Void
  ) async throws {
    var context = WaitContext.current
    context.isFence = true
    try await WaitContext.$current.withValue(context) { try await reach(duration, site, passed) }
    passed()
  }

  /// Waits until the fence is passed; fails the test and throws where it is not.
  ///
  /// `known` gives what the failure adds: the call that uses the fence, and what it has seen so far.
  func pass(
    within duration: Duration?, at site: CallSite, reporter: Reporter,
    then passed: @escaping @Sendable () -> Void, known: () -> [(label: String, lines: [String])]
  ) async throws {
    do {
      try await pass(within: duration, at: site, then: passed)
    } catch let untold as UntoldFailure {
      var lines = ReportLines(untold.failure.message)
      for (label, texts) in known() { lines.add(label, texts) }
      throw await reporter.error(
        recording: Failure(lines.text, at: site, evidence: untold.failure.evidence))
    }
  }
}

extension Fence {
  /// Passed when the signal is sent.
  public static func sent<Value>(_ signal: Signal<Value>) -> Fence {
    signal.channel.fence(.init(signal.kind))
  }

  /// Passed when the process has ended: nothing that it does comes after.
  public static func exit(of process: RunningProcess) -> Fence { sent(process.ended) }

  /// Passed when so many events have been sent to the mailbox since it was made, whoever takes them.
  public static func sent<Event>(_ count: Int, to mailbox: Mailbox<Event>) -> Fence {
    mailbox.channel.fence(.sent(count))
  }

  /// Passed when the latch opens.
  public static func opened(_ latch: Latch) -> Fence {
    latch.channel.fence(.init())
  }

  /// Passed when so many callers have come to the gate since it was made.
  public static func arrivals(_ count: Int = 1, at gate: Gate) -> Fence {
    gate.channel.fence(.arrivals(count))
  }
}

extension Channel {
  /// A fence that is passed at the moment in which a demand is met.
  func fence(_ demand: Machine.Demand) -> Fence {
    Fence(title: title) { duration, site, passed in
      let label = WaitLabel(start: .realNow, site: site, scope: WaitContext.current.scope)
      // Registered before the wait, so that it is called on the thread that meets the demand.
      let observation = point.observe(demand, label) { _ in passed() }
      defer { observation.end() }
      _ = try await value(of: demand, within: duration, at: site)
    }
  }
}

extension Result where Failure == any Error, Success: Sendable {
  fileprivate init(catching body: () async throws -> Success) async {
    do {
      self = .success(try await body())
    } catch {
      self = .failure(error)
    }
  }
}
