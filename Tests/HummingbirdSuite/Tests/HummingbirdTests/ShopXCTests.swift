import HTTPDriver
import HTTPDriverHummingbird
import Shop
import XCTest

final class ShopXCTests: XCTestCase {
  func testAnApplicationIsReachedByEveryWay() async throws {
    for reach in HummingbirdReach.allCases {
      try await withHummingbirdApplication(makeShop(), over: reach) { transport in
        try await HTTPDriver(transport).get("/items/7")
          .expect(status: .ok)
          .expectJSON("/id", equals: "7")
      }
    }
  }

  func testAnErrorReachesTheTest() async throws {
    let http = HTTPDriver(.hummingbird(router: makeShopRouter()))
    let exchange = try await http.get("/fails").expect(status: .internalServerError)
    XCTAssertEqual(exchange.serviceError as? OutOfStock, OutOfStock(item: "tea"))
  }

  #if !canImport(Darwin)
    // `XCTExpectFailure` does not exist here, so the failures are caught on their way to the report.
    private var caught: [String]?

    override func recordFailure(
      withDescription description: String, inFile file: String, atLine line: Int, expected: Bool
    ) {
      guard caught != nil else {
        return super.recordFailure(
          withDescription: description, inFile: file, atLine: line, expected: expected)
      }
      caught?.append(description)
    }

    func testAFailureShowsWhatTheServiceThrew() async throws {
      caught = []
      let http = HTTPDriver(.hummingbird(router: makeShopRouter()))
      do {
        try await http.get("/fails").expect(status: .ok)
        XCTFail("it passed")
      } catch {}
      let texts = caught ?? []
      caught = nil
      XCTAssertEqual(texts.count, 1)
      XCTAssertTrue(texts.first?.contains("  threw     OutOfStock(item: \"tea\")") == true)
    }
  #endif
}
