import Foundation
import Waiters
import XCTest

/// The twin of `OutsideSuite` in XCTest.
final class OutsideFailures: XCTestCase {
  func testPolled() async throws {
    var looks = 0
    try await poll(every: .milliseconds(500), "stored orders", within: .milliseconds(10)) {
      looks += 1
      return looks
    } until: {
      $0 == 3
    }
  }

  func testFile() async throws {
    try await FileWatch("/nowhere/report.csv").untilExists(within: .milliseconds(10))
  }

  func testListener() async throws {
    try await waitForListener(at: .unixSocket("/nowhere/a.sock"), within: .milliseconds(10))
  }

  func testNoAddress() async throws {
    try await waitForListener(at: .port(0))
  }

  func testProcessExit() async throws {
    try await withProcess("/bin/sh", ["-c", "echo one; echo two >&2; exit 3"]) { process in
      try await process.expectExit(.exited(0))
    }
  }

  func testProcessLine() async throws {
    try await withProcess("/bin/sh", ["-c", "echo one; echo two; exit 3"]) { process in
      _ = try await process.lines.first { $0.text == "three" }
    }
  }

  func testProcessThatStays() async throws {
    try await withProcess("/bin/sh", ["-c", "echo ready; exec tail -f /dev/null"]) { process in
      _ = try await process.lines.next()
      try await process.exit(within: .milliseconds(10))
    }
  }

  func testProcessNotStarted() async throws {
    try await withProcess("/nowhere/program") { _ in }
  }

  func testCalledTwice() async throws {
    let value: Int = try await completion(of: "fetch") { done in
      done.send(1)
      done.send(2)
      done.send(3)
    }
    XCTAssertEqual(value, 1)
  }

  func testNeverCalled() async throws {
    let _: Int = try await completion(of: "fetch") { _ in }
  }

  func testHeldForEver() async throws {
    var held: Completion<Int>?
    _ = try await completion(of: "fetch", within: .milliseconds(10)) { held = $0 }
    _ = held
  }

  func testBrokenSequence() async throws {
    struct Reset: Error {}
    let stream = AsyncThrowingStream<Int, any Error> { $0.finish(throwing: Reset()) }
    try await withMailbox("numbers", of: stream) { numbers in
      _ = try await numbers.next()
    }
  }

  static var allTests: [(String, (OutsideFailures) -> () throws -> Void)] {
    [
      ("testPolled", asyncTest(testPolled)),
      ("testFile", asyncTest(testFile)),
      ("testListener", asyncTest(testListener)),
      ("testNoAddress", asyncTest(testNoAddress)),
      ("testProcessExit", asyncTest(testProcessExit)),
      ("testProcessLine", asyncTest(testProcessLine)),
      ("testProcessThatStays", asyncTest(testProcessThatStays)),
      ("testProcessNotStarted", asyncTest(testProcessNotStarted)),
      ("testCalledTwice", asyncTest(testCalledTwice)),
      ("testNeverCalled", asyncTest(testNeverCalled)),
      ("testHeldForEver", asyncTest(testHeldForEver)),
      ("testBrokenSequence", asyncTest(testBrokenSequence)),
    ]
  }
}
