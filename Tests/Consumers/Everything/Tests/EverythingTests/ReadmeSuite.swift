import TestHarness
import Testing

@Suite struct `The order service` {
  // In process, without a socket; `HTTPDriver("http://127.0.0.1:8080")` drives a live service.
  let http = HTTPDriver(.handler(orders))

  @Test func `takes an order`() async throws {
    try await http.post("/orders", .json(["item": "tea", "count": 2]))
      .expect(status: .created)
      .expectJSON("/item", equals: "tea")
  }

  @Test func `explains what it does not have`() async throws {
    try await http.get("/orders/17").expectProblem(
      status: .notFound, type: "https://example.com/problems/unknown-order")
  }

  @Test func `tells of an order when it is shipped`() async throws {
    let shipped = Mailbox<Int>("shipped orders")
    ship(order: 7) { shipped.send($0) }  // any callback, from any thread
    let order = try await shipped.next(within: .seconds(2))
    #expect(order == 7)
  }
}
