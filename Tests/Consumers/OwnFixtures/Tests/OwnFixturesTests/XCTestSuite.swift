import Fixtures
import TestHarness
import XCTest

final class OwnFixturesTests: XCTestCase {
  func testBothModulesAreThere() async throws {
    let mailbox = Mailbox<String>("items")
    mailbox.send(Order().item)
    let item = try await mailbox.next()
    XCTAssertEqual(item, "tea")
  }
}
