public import Hummingbird
import Logging
public import Waiters

/// What the shop throws, and no middleware knows of.
public struct OutOfStock: Error, Equatable {
  public let item: String

  public init(item: String) {
    self.item = item
  }
}

/// The moments at which tests hold the service.
public struct ShopGates: Sendable {
  /// Before the rest of a streamed body.
  public let rest = Gate("the rest of the body")
  /// The pieces of an upload that the service took.
  public let taken = Mailbox<Int>("pieces of the upload")

  public init() {}
}

/// A service with what Hummingbird has: parameters, contexts, streams, trailers, errors.
public func makeShopRouter(_ gates: ShopGates = ShopGates()) -> Router<BasicRequestContext> {
  let router = Router(options: .autoGenerateHeadEndpoints)
  router.get("/items/:id") { _, context in
    ["id": try context.parameters.require("id")]
  }
  router.get("/files/*.jpg") { _, _ in "a picture" }
  router.get("/docs/**") { _, _ in "a document" }
  router.get("/context") { request, context in
    [
      "id": context.id, "authority": request.head.authority ?? "",
      "logged": "\(Logger.current[metadataKey: "hb.request.id"] ?? "")",
    ]
  }
  router.post("/mirror") { request, _ in
    Response(status: .ok, body: ResponseBody(asyncSequence: request.body))
  }
  router.post("/framing") { request, _ in
    _ = try await request.body.collect(upTo: 1_000)
    let framing = request.headers[.transferEncoding] ?? "none"
    return Response(
      status: .ok,
      body: ResponseBody { writer in
        try await writer.write(ByteBuffer(string: framing))
        try await writer.finish([.eTag: "7"])
      })
  }
  router.post("/slow") { request, _ in
    for try await piece in request.body {
      gates.taken.send(piece.readableBytes)
      try await gates.rest.pass()
    }
    return HTTPResponse.Status.ok
  }
  router.get("/stream") { _, _ in
    Response(
      status: .ok, headers: [.contentType: "text/plain"],
      body: ResponseBody { writer in
        try await writer.write(ByteBuffer(string: "first "))
        try await gates.rest.pass()
        try await writer.write(ByteBuffer(string: "second"))
        try await writer.finish([.eTag: "7"])
      })
  }
  router.get("/never") { _, _ -> String in
    let silence = AsyncStream<Void> { _ in }
    for await _ in silence {}
    return "cancelled"
  }
  addFailures(to: router)
  return router
}

private func addFailures(to router: Router<BasicRequestContext>) {
  router.get("/fails") { _, _ -> String in throw OutOfStock(item: "tea") }
  router.get("/refuses") { _, _ -> String in throw HTTPError(.conflict, message: "taken") }
  router.get("/fails-late") { _, _ in
    Response(
      status: .ok,
      body: ResponseBody { writer in
        try await writer.write(ByteBuffer(string: "first "))
        throw OutOfStock(item: "tea")
      })
  }
  router.get("/unfinished") { _, _ in
    Response(status: .ok, body: ResponseBody { try await $0.write(ByteBuffer(string: "first")) })
  }
}
