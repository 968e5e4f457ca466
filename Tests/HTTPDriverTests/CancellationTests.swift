import HTTPDriver
import HarnessLoopback
import Testing
import Waiters

@Suite struct `A cancelled exchange` {
  @Test func `closes its connection at once`() async throws {
    let sightings = Mailbox<ServerSighting>("server")
    try await withScriptedServer(ServerScript("", then: .hold), sightings: sightings) { server in
      let http = HTTPDriver(server.address)
      let exchange = Task { try await http.get("/slow") }
      _ = try await sightings.first { $0 != .connected }
      exchange.cancel()
      _ = try await sightings.first { $0 == .disconnected }
      await #expect(throws: CancellationError.self) { try await exchange.value }
    }
  }

  @Test func `before it began, connects nowhere`() async throws {
    // A refusal would win against a cancellation now and then.
    let http = HTTPDriver("http://127.0.0.1:1")
    for _ in 0..<200 {
      guard case .cancelled = await cancelledBeforeItBegan(http) else {
        Issue.record("not cancelled")
        return
      }
    }
  }

  @Test func `before it began, calls no handler`() async throws {
    let calls = Mailbox<Void>("calls")
    let http = HTTPDriver(
      .handler { _, _ in
        calls.send(())
        return HTTPReply()
      })
    for _ in 0..<50 { _ = await cancelledBeforeItBegan(http) }
    calls.close()
    guard case .closed = await calls.outcomeOfNext() else {
      Issue.record("the handler was called")
      return
    }
  }

  private func cancelledBeforeItBegan(_ http: HTTPDriver) async -> HTTPOutcome {
    let start = Signal<Void>("start")
    let exchange = Task {
      _ = await start.outcome()
      return await http.outcome(.get, "/")
    }
    exchange.cancel()
    return await exchange.value
  }

  @Test func `stops a handler in process`() async throws {
    let started = Signal<Void>("started")
    let stopped = Signal<Void>("stopped")
    let http = HTTPDriver(
      .handler { _, _ in
        started.send()
        let never = AsyncStream<Void> { _ in }
        for await _ in never {}
        stopped.send()
        return HTTPReply()
      })
    let exchange = Task { try await http.get("/slow") }
    try await started.value()
    exchange.cancel()
    try await stopped.value()
    await #expect(throws: CancellationError.self) { try await exchange.value }
  }

  @Test(arguments: Reach.allCases)
  func `half way through an upload is seen by the service`(reach: Reach) async throws {
    let received = Mailbox<Int>("bytes received")
    let broken = Signal<Void>("upload broken")
    let handler: HTTPHandler = { _, body in
      do {
        for try await piece in body { received.send(piece.count) }
      } catch {
        broken.send()
        throw error
      }
      return HTTPReply(.created)
    }
    try await reach.drive(handler) { http in
      let half = Gate("half of the upload")
      let whole = HTTPBody.bytes(Array(repeating: 7, count: 100_000))
      let upload = Task {
        try await http.post("/upload", whole.paused(at: half, afterBytes: 60_000))
      }
      try await half.arrivals()
      var sum = 0
      while sum < 60_000 { sum += try await received.next() }
      #expect(sum == 60_000)
      upload.cancel()
      try await broken.value()
      await #expect(throws: CancellationError.self) { try await upload.value }
    }
  }

  @Test(arguments: Reach.allCases)
  func `an upload that was held goes on`(reach: Reach) async throws {
    try await reach.drive(echo) { http in
      let half = Gate("half of the upload")
      let body = HTTPBody.text("0123456789").paused(at: half, afterBytes: 5)
      async let exchange = http.post("/upload", body)
      try await half.arrivals()
      half.open()
      try await exchange.expectJSON("/body", equals: "0123456789")
    }
  }
}
