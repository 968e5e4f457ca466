import HTTPDriver
import HTTPDriverHummingbird
import Shop
import Testing

@Suite struct `A client that goes away` {
  static let points: [(HTTPCancellationPoint, String)] = [
    (.beforeConnect, "/mirror"), (.afterRequestHead, "/mirror"),
    (.midRequestBody(bytes: 50_000), "/mirror"), (.beforeResponseHead, "/never"),
    (.midResponseBody(bytes: 6), "/stream"),
  ]

  @Test(arguments: points)
  func `is noticed by the service at every point`(
    point: HTTPCancellationPoint, path: String
  ) async throws {
    let (pieces, continuation) = AsyncStream<[UInt8]>.makeStream()
    for _ in 0..<6 { continuation.yield([UInt8](repeating: 1, count: 10_000)) }
    let http = HTTPDriver(.hummingbird(router: makeShopRouter()))
    let cancellation =
      path == "/mirror"
      ? try await http.cancelling(.post, path, .stream(pieces), at: point)
      : try await http.cancelling(.get, path, at: point)
    #expect(cancellation.isReached)
    #expect((cancellation.serviceSawItAfter != nil) == (point != .beforeConnect))
  }

  @Test(arguments: HummingbirdReach.allCases)
  func `leaves the service to others`(reach: HummingbirdReach) async throws {
    try await withHummingbirdApplication(makeShop(), over: reach) { transport in
      let http = HTTPDriver(transport)
      let (pieces, continuation) = AsyncStream<[UInt8]>.makeStream()
      continuation.yield([UInt8](repeating: 1, count: 60_000))
      try await http.cancelling(
        .post, "/mirror", .stream(pieces), at: .midRequestBody(bytes: 50_000))
      try await http.get("/items/7").expect(status: .ok)
    }
  }

  @Test(arguments: HummingbirdReach.allCases)
  func `has a deadline`(reach: HummingbirdReach) async throws {
    let gates = ShopGates()
    try await withHummingbirdApplication(makeShop(gates), over: reach) { transport in
      let outcome = await HTTPDriver(transport).outcome(.get, "/stream", within: .milliseconds(200))
      gates.rest.open()
      guard case .failed(let error) = outcome else {
        Issue.record("not failed")
        return
      }
      #expect(error.code == .timedOut)
    }
  }
}
