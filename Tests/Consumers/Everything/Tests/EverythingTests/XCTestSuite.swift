import TestHarness
import XCTest

final class OrderServiceTests: XCTestCase {
  func testTakesAnOrder() async throws {
    let http = HTTPDriver(.handler(orders))
    try await http.post("/orders", .json(["item": "tea", "count": 2]))
      .expect(status: .created)
      .expectJSON("/item", equals: "tea")
  }
}
