import HTTPDriver
import HTTPDriverHummingbird
import Shop
import Testing

@Suite struct `An error that Hummingbird answers with a 500` {
  @Test(arguments: [HummingbirdReach.inProcess, .memory])
  func `reaches the test as it was thrown`(reach: HummingbirdReach) async throws {
    try await withHummingbirdApplication(makeShop(), over: reach) { transport in
      let exchange = try await HTTPDriver(transport).get("/fails")
        .expect(status: .internalServerError)
      #expect(exchange.serviceError as? OutOfStock == OutOfStock(item: "tea"))
    }
  }

  @Test func `is shown by the failure`() async throws {
    let texts = try await failureTexts {
      try await HTTPDriver(.hummingbird(router: makeShopRouter())).get("/fails").expect(status: .ok)
    }
    #expect(
      texts == [
        """
        GET /fails: status 500, expected 200
          threw     OutOfStock(item: "tea")
          request   GET /fails
          response  500 Internal Server Error
                    Content-Length: 0
          body      no media type, 0 bytes
          repeat    curl -i "$SERVICE/fails"
        """
      ])
  }

  @Test func `is none where a route refuses a request`() async throws {
    let exchange = try await HTTPDriver(.hummingbird(router: makeShopRouter())).get("/refuses")
    #expect(exchange.serviceError == nil)
  }
}

@Suite struct `A response's body` {
  @Test func `that fails half way fails the exchange with the error`() async throws {
    let http = HTTPDriver(.hummingbird(router: makeShopRouter()))
    guard case .failed(let error) = await http.outcome(.get, "/fails-late") else {
      Issue.record("not failed")
      return
    }
    #expect(error.code == .handlerFailed)
    #expect(error.serviceError as? OutOfStock == OutOfStock(item: "tea"))
    #expect(
      error.reason
        == """
        response cut off after 6 bytes of its body: the handler threw OutOfStock(item: "tea")
        """)
  }

  @Test(arguments: [HummingbirdReach.memory, .tcp, .unixSocket])
  func `that fails half way is cut off over a connection`(reach: HummingbirdReach) async throws {
    try await withHummingbirdApplication(makeShop(), over: reach) { transport in
      guard case .failed(let error) = await HTTPDriver(transport).outcome(.get, "/fails-late")
      else {
        Issue.record("not failed")
        return
      }
      #expect([.responseCutOff, .connectionReset].contains(error.code), "\(error)")
    }
  }

  @Test func `without an end says what is missing`() async throws {
    let http = HTTPDriver(.hummingbird(router: makeShopRouter()))
    guard case .failed(let error) = await http.outcome(.get, "/unfinished") else {
      Issue.record("not failed")
      return
    }
    #expect(
      error.reason == """
        response cut off after 5 bytes of its body: the handler threw nothing, but left the \
        response's body without an end: call finish(_:) of the body's writer
        """)
  }
}
