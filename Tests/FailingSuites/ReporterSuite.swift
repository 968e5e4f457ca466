import Foundation
import HarnessReporting
import NIOCore
import NIOPosix
import Testing

/// One failure from each place that a failure can come from; each must be told once, under its test.
@Suite struct ReporterSuite {
  @Test func body() {
    Reporter().record(Failure("from the body", at: CallSite()))
  }

  @Test func bodyThrowing() throws {
    throw Reporter().error(recording: Failure("thrown in the body", at: CallSite()))
  }

  @Test func childTask() async {
    let reporter = Reporter()
    async let child: Void = reporter.record(Failure("from a child task", at: CallSite()))
    await child
  }

  @Test func unstructuredTask() async {
    let reporter = Reporter()
    await Task { reporter.record(Failure("from an unstructured task", at: CallSite())) }.value
  }

  @Test func detachedTask() async {
    await withReporter { reporter in
      await Task.detached {
        reporter.record(Failure("from a detached task", at: CallSite()))
      }.value
    }
  }

  @Test func detachedTaskThrowing() async throws {
    let reporter = Reporter()
    try await Task.detached {
      throw await reporter.error(recording: Failure("thrown in a detached task", at: CallSite()))
    }.value
  }

  @Test func detachedTaskThrowingAtOnce() async throws {
    try await withReporter { reporter in
      try await Task.detached { try throwAtOnce(reporter) }.value
    }
  }

  @Test func thread() async {
    await withReporter { reporter in
      await withCheckedContinuation { continuation in
        Thread {
          reporter.record(Failure("from a thread", at: CallSite()))
          continuation.resume()
        }.start()
      }
    }
  }

  @Test func callback() async {
    await withReporter { reporter in
      await withCheckedContinuation { continuation in
        DispatchQueue.global().async {
          reporter.record(Failure("from a callback", at: CallSite()))
          continuation.resume()
        }
      }
    }
  }

  @Test func callbackWithoutScope() async {
    let reporter = Reporter()
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        reporter.record(Failure("from a callback without a scope", at: CallSite()))
        continuation.resume()
      }
    }
    reporter.flush()
  }

  @Test func withEvidence() {
    let evidence = Evidence(name: "exchange.txt", text: "GET / HTTP/1.1")
    Reporter().record(Failure("with evidence", at: CallSite(), evidence: [evidence]))
  }
}

/// A plain function throws without waiting, wherever it runs.
func throwAtOnce(_ reporter: Reporter) throws {
  throw reporter.error(recording: Failure("thrown at once in a detached task", at: CallSite()))
}

extension ReporterSuite {
  @Test func eventLoop() async throws {
    try await withReporter { reporter in
      try await MultiThreadedEventLoopGroup.singleton.any().submit {
        reporter.record(Failure("from an event loop", at: CallSite()))
      }.get()
    }
  }
}
