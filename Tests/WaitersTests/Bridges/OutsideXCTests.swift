import Foundation
import Waiters
import XCTest

/// Every way to wait for the outside, as an XCTest suite uses it.
final class OutsideXCTests: XCTestCase {
  func testPollLooksUntilItIsSo() async throws {
    var looks = 0
    let value = try await poll(every: .milliseconds(1), "looks") {
      looks += 1
      return looks
    } until: {
      $0 == 3
    }
    XCTAssertEqual(value, 3)
  }

  func testFileIsSeen() async throws {
    let folder = try TemporaryFolder()
    let watch = FileWatch(folder["report.csv"])
    async let state = watch.untilExists()
    try folder.write("", to: "report.csv")
    let kind = try await state.kind
    XCTAssertEqual(kind, .file)
  }

  func testProcessIsHeard() async throws {
    try await withProcess("/bin/sh", ["-c", "echo ready; exit 2"]) { process in
      let line = try await process.lines.next()
      XCTAssertEqual(line.text, "ready")
      try await process.expectExit(.exited(2))
    }
  }

  func testListenerIsFound() async throws {
    let listener = TestListener()
    listener.listen()
    try await waitForListener(at: .port(listener.port))
  }

  func testSequenceFillsAMailbox() async throws {
    let stream = AsyncStream { source in
      source.yield(1)
      source.finish()
    }
    try await withMailbox("numbers", of: stream) { numbers in
      let number = try await numbers.next()
      XCTAssertEqual(number, 1)
    }
  }

  func testCompletionHandlerGivesItsValue() async throws {
    let value: Int = try await completion(of: "fetch") { done in
      DispatchQueue.global().async { done.send(7) }
    }
    XCTAssertEqual(value, 7)
  }
}
