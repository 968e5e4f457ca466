import Waiters
import XCTest

final class SignalTests: XCTestCase {
  func testASignalIsKept() async throws {
    let ready = Signal<String>("ready")
    ready.send("now")
    let value = try await ready.value()
    XCTAssertEqual(value, "now")
  }
}
