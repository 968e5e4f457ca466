import Foundation
import HarnessReporting
import NIOCore
import NIOPosix
import XCTest

/// The twin of `ReporterSuite` in XCTest.
final class ReporterFailures: XCTestCase {
  func testBody() {
    Reporter().record(Failure("from the body", at: CallSite()))
  }

  func testBodyThrowing() throws {
    throw Reporter().error(recording: Failure("thrown in the body", at: CallSite()))
  }

  func testChildTask() async {
    let reporter = Reporter()
    async let child: Void = reporter.record(Failure("from a child task", at: CallSite()))
    await child
  }

  func testUnstructuredTask() async {
    let reporter = Reporter()
    await Task { reporter.record(Failure("from an unstructured task", at: CallSite())) }.value
  }

  func testDetachedTask() async {
    await withReporter { reporter in
      await Task.detached {
        reporter.record(Failure("from a detached task", at: CallSite()))
      }.value
    }
  }

  func testDetachedTaskThrowing() async throws {
    let reporter = Reporter()
    try await Task.detached {
      throw await reporter.error(recording: Failure("thrown in a detached task", at: CallSite()))
    }.value
  }

  func testThread() async {
    await withReporter { reporter in
      await withCheckedContinuation { continuation in
        Thread {
          reporter.record(Failure("from a thread", at: CallSite()))
          continuation.resume()
        }.start()
      }
    }
  }

  func testCallback() async {
    await withReporter { reporter in
      await withCheckedContinuation { continuation in
        DispatchQueue.global().async {
          reporter.record(Failure("from a callback", at: CallSite()))
          continuation.resume()
        }
      }
    }
  }

  static var allTests: [(String, (ReporterFailures) -> () throws -> Void)] {
    [
      ("testBody", { $0.testBody }),
      ("testBodyThrowing", { $0.testBodyThrowing }),
      ("testChildTask", asyncTest(testChildTask)),
      ("testUnstructuredTask", asyncTest(testUnstructuredTask)),
      ("testDetachedTask", asyncTest(testDetachedTask)),
      ("testDetachedTaskThrowing", asyncTest(testDetachedTaskThrowing)),
      ("testThread", asyncTest(testThread)),
      ("testCallback", asyncTest(testCallback)),
      ("testEventLoop", asyncTest(testEventLoop)),
    ]
  }
}

extension ReporterFailures {
  func testEventLoop() async throws {
    try await withReporter { reporter in
      try await MultiThreadedEventLoopGroup.singleton.any().submit {
        reporter.record(Failure("from an event loop", at: CallSite()))
      }.get()
    }
  }
}
