import HTTPDriver
import HTTPDriverHummingbird
import Hummingbird
import ServiceLifecycle
import Shop
import Testing
import Waiters

/// Tells when it starts and when it ends.
private struct Warehouse: Service {
  let told: Kept<String>
  let isOpen = Signal<Void>("the warehouse is open")

  func run() async throws {
    told.append("opened")
    isOpen.send()
    try await gracefulShutdown()
    told.append("closed")
  }
}

private struct Broken: Error {}

/// Ends by an error when it is told to.
private struct Fragile: Service {
  let breaks: Signal<Void>

  func run() async throws {
    try await breaks.value()
    throw Broken()
  }
}

@Suite struct `An application` {
  @Test(arguments: HummingbirdReach.allCases)
  func `runs with its services and ends with them`(reach: HummingbirdReach) async throws {
    let told = Kept<String>()
    let warehouse = Warehouse(told: told)
    var shop = makeShop()
    shop.addServices(warehouse)
    shop.beforeServerStarts {
      try await warehouse.isOpen.value()
      told.append("prepared")
    }
    try await withHummingbirdApplication(shop, over: reach) { transport in
      try await HTTPDriver(transport).get("/items/1").expect(status: .ok)
      told.append("called")
    }
    #expect(told.all == ["opened", "prepared", "called", "closed"])
  }

  @Test(arguments: HummingbirdReach.allCases)
  func `that does not start throws why`(reach: HummingbirdReach) async throws {
    var shop = makeShop()
    // In process, services without any make no difference.
    shop.addServices(Warehouse(told: Kept()))
    shop.beforeServerStarts { throw Broken() }
    await #expect(throws: Broken.self) {
      try await withHummingbirdApplication(shop, over: reach) { _ in
        Issue.record("the body must not begin")
      }
    }
  }

  @Test(arguments: HummingbirdReach.allCases)
  func `ends also after a test that fails`(reach: HummingbirdReach) async throws {
    let told = Kept<String>()
    let warehouse = Warehouse(told: told)
    var shop = makeShop()
    shop.addServices(warehouse)
    shop.beforeServerStarts { try await warehouse.isOpen.value() }
    await #expect(throws: Broken.self) {
      try await withHummingbirdApplication(shop, over: reach) { _ in throw Broken() }
    }
    #expect(told.all == ["opened", "closed"])
  }

  @Test func `that fails while the test runs is told beside the test's failure`() async throws {
    let texts = try await failureTexts {
      let breaks = Signal<Void>("broken")
      var shop = makeShop()
      shop.addServices(Fragile(breaks: breaks))
      try await withHummingbirdApplication(shop, over: .tcp) { transport in
        try await HTTPDriver(transport).stream(.get, "/stream") { response in
          var pieces = response.pieces.makeAsyncIterator()
          // Not before: the head comes by itself, and the service may break between the two.
          _ = try await pieces.next()
          breaks.send()
          while try await pieces.next() != nil {}
        }
      }
    }
    #expect(
      texts.map { $0.split(separator: "\n").first } == [
        """
        GET /stream: response cut off after 6 bytes of its body: the server closed the connection
        """, "the application failed while the test ran: Broken()",
      ])
  }

  @Test func `that does not stop fails the test and says what to try`() async throws {
    let stubborn = Signal<Void>("the request has come")
    let release = Gate("the end of the request")
    let texts = try await failureTexts {
      let router = Router()
      router.get("/") { _, _ in
        stubborn.send()
        // Heeds neither shutdown nor cancellation.
        await Task.detached { try? await release.pass() }.value
        return ""
      }
      let application = Application(router: router, logger: quiet)
      try await withHummingbirdApplication(
        application, over: .tcp, stoppingWithin: .milliseconds(20)
      ) { transport in
        let request = Task { await HTTPDriver(transport).outcome(.get, "/") }
        try await stubborn.value()
        request.cancel()
        _ = await request.value
      }
    }
    release.openForever()
    #expect(
      texts.map { $0.split(separator: "\n").dropFirst() } == [
        [
          "  try  end it when it is asked to: withGracefulShutdownHandler, cancelWhenGracefulShutdown"
        ]
      ])
    #expect(texts.first?.hasPrefix("the application did not stop within ") == true)
  }
}
