import HTTPDriver
import HTTPDriverHummingbird
import Hummingbird
import Logging
import Shop
import Testing
import Waiters

/// A logger that says nothing of what goes well.
var quiet: Logger {
  var logger = Logger(label: "shop")
  logger.logLevel = .error
  return logger
}

func makeShop(_ gates: ShopGates = ShopGates()) -> Application<RouterResponder<BasicRequestContext>>
{
  Application(router: makeShopRouter(gates), logger: quiet)
}

@Suite struct `An exchange with an application` {
  @Test(arguments: HummingbirdReach.allCases)
  func `reaches its routes`(reach: HummingbirdReach) async throws {
    try await withHummingbirdApplication(makeShop(), over: reach) { transport in
      let http = HTTPDriver(transport)
      try await http.get("/items/7?x=1").expect(status: .ok).expectJSON("/id", equals: "7")
      try await http.get("/nowhere").expect(status: .notFound)
      try await http.send(.head, "/items/7").expect(status: .ok)
      try await http.get("/refuses").expect(status: .conflict)
        .expectJSON("/error/message", equals: "taken")
    }
  }

  @Test(arguments: HummingbirdReach.allCases)
  func `has the head of the response before its body, and trailers behind it`(
    reach: HummingbirdReach
  ) async throws {
    let gates = ShopGates()
    try await withHummingbirdApplication(makeShop(gates), over: reach) { transport in
      try await HTTPDriver(transport).stream(.get, "/stream") { response in
        #expect(response.status == .ok)
        var pieces = response.pieces.makeAsyncIterator()
        let first = try await pieces.next()
        #expect(first == Array("first ".utf8))
        gates.rest.open()
        #expect(try await pieces.next() == Array("second".utf8))
        #expect(try await pieces.next() == nil)
        #expect(response.trailers == [.eTag: "7"])
      }
    }
  }

  @Test(arguments: HummingbirdReach.allCases)
  func `mirrors a long body`(reach: HummingbirdReach) async throws {
    let pieces = (0..<40).map { [UInt8](repeating: UInt8($0), count: 25_000) }
    try await withHummingbirdApplication(makeShop(), over: reach) { transport in
      let mirrored = try await HTTPDriver(transport)
        .post("/mirror", .bytes(pieces.flatMap(\.self)).inChunks([25_000])).expect(status: .ok)
      #expect(mirrored.body == pieces.flatMap(\.self))
    }
  }

  /// A service that takes a piece and waits holds back whoever sends: in process there is no room at all on the way.
  @Test func `sends no more than the service asks for`() async throws {
    let gates = ShopGates()
    let made = Kept<Int>()
    let source = AsyncStream<[UInt8]>(unfolding: {
      made.append(1)
      return made.all.count <= 100 ? [1, 2, 3] : nil
    })
    try await withHummingbirdApplication(makeShop(gates)) { transport in
      async let answer = HTTPDriver(transport).post("/slow", .stream(source))
      #expect(try await gates.taken.next() == 3)
      _ = try await gates.rest.arrivals(1)
      #expect(made.all.count == 1)
      gates.rest.openForever()
      try await answer.expect(status: .ok)
    }
  }

  @Test(arguments: [HummingbirdReach.inProcess, .memory])
  func `holds back a service that nobody reads from`(reach: HummingbirdReach) async throws {
    let made = Kept<Int>()
    let router = Router()
    router.get("/") { _, _ in
      Response(
        status: .ok,
        body: ResponseBody { writer in
          for _ in 0..<2_000 {
            made.append(1)
            try await writer.write(ByteBuffer(repeating: 7, count: 32 << 10))
          }
          try await writer.finish(nil)
        })
    }
    router.get("/other") { _, _ in "" }
    let application = Application(router: router, logger: quiet)
    try await withHummingbirdApplication(application, over: reach) { transport in
      let http = HTTPDriver(transport)
      try await http.stream(.get, "/") { response in
        var pieces = response.pieces.makeAsyncIterator()
        _ = try await pieces.next()
        // The service answers others, and has every chance to go on with this one meanwhile.
        for _ in 0..<20 { try await http.get("/other").expect(status: .ok) }
        #expect(made.all.count < 2_000)
      }
    }
  }

  @Test(arguments: HummingbirdReach.allCases)
  func `has a context of its own`(reach: HummingbirdReach) async throws {
    struct Context: Decodable {
      var id: String
      var authority: String
      var logged: String
    }
    try await withHummingbirdApplication(makeShop(), over: reach) { transport in
      let http = HTTPDriver(transport)
      let one = try await http.get("/context").json(Context.self)
      let other = try await http.get("/context").json(Context.self)
      #expect(one.id != other.id)
      #expect(one.id == one.logged)
      if reach != .tcp { #expect(one.authority == "localhost") }
    }
  }

  @Test func `has the host that the test says`() async throws {
    let http = HTTPDriver(.hummingbird(router: makeShopRouter()))
    try await http.get("/context", headers: [.init("Host")!: "shop.example"])
      .expectJSON("/authority", equals: "shop.example")
  }

  @Test func `is the same over every way`() async throws {
    let shop = makeShop()
    try await withHummingbirdApplication(shop, over: .tcp) { tcp in
      try await withHummingbirdApplication(shop, over: .memory) { memory in
        try await withHummingbirdApplication(shop) { inProcess in
          try await expectSameExchanges(over: [tcp, memory, inProcess]) { http in
            _ = try await http.get("/items/7")
            _ = try await http.get("/nowhere")
            _ = try await http.post("/mirror", .text("hello"))
            _ = try await http.get("/refuses")
            _ = try await http.get("/fails")
          }
        }
      }
    }
  }
}
