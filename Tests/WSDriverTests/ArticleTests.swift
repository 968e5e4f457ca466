import HarnessLoopback
import Testing
import Waiters
import WSDriver

/// The code that the articles of the documentation show, compiled and run.
@Suite struct `The articles of WSDriver` {
  struct Progress: Decodable, Sendable {
    var sequence: Int
    var stage: String
    var percent: Double?
    var reportId: String?
  }

  static let imports = WSFlow(
    Progress.self, stage: \.stage,
    [
      .once("validation"), .repeating("transformation"), .optional("cleanup"), .once("storage"),
      .end("completed"), .abort("failed"),
    ]
  )
  .percent(\.percent)
  .numbered(\.sequence)

  static func news(_ sequence: Int, _ stage: String, _ percent: Int) -> JSONValue {
    let report: JSONValue = stage == "completed" ? "r-7" : .null
    return [
      "sequence": .number(JSONNumber(sequence)), "stage": .string(stage),
      "percent": .number(JSONNumber(percent)), "reportId": report,
    ]
  }

  /// Tells all of an import from the start, however often a client comes, to whom nothing else is said.
  static func serve(_ body: (HTTPDriver) async throws -> Void) async throws {
    let options = WSServer.Options(place: .memory) { request in
      request.path == "/ws/operations/unknown"
        ? .refuse(
          .notFound, headers: [.contentType: "application/problem+json"],
          body: Array(
            #"{"type":"https://example.com/problems/unknown-operation","status":404}"#.utf8))
        : .accept()
    }
    try await withWSServer(options) { client in
      if client.request.path == "/ws" { return await client.respond { $0 } }
      let stages = [
        ("validation", 10), ("transformation", 50), ("transformation", 60), ("storage", 80),
        ("completed", 100),
      ]
      for (index, (stage, percent)) in stages.enumerated() {
        // The client may have hung up.
        guard client.closure == nil else { return }
        client.send(
          frame: WSFrame(.text, Array(news(index + 1, stage, percent).compactText.utf8)))
      }
      _ = await client.outcomeOfNext()
    } _: { server in
      try await body(HTTPDriver(server.transport))
    }
  }

  @Test func `Following progress`() async throws {
    try await Self.serve { http in
      let operation = "7"
      let run = try await WSDriver(http).connect("/ws/operations/\(operation)") { socket in
        try await socket.follow(Self.imports, within: .seconds(30))
      }
      #expect(run.last?.reportId == "r-7")
      try await WSDriver(http).connect("/ws") { socket in
        for name in ["volume", "other", "price"] { try socket.send(json: ["type": .string(name)]) }
        try await socket.collect(
          inAnyOrder: .json(including: ["type": "price"]), .json(at: "/type", equals: "volume"))
        try socket.send(json: ["rows": [["code": "BMFI", "price": 12], ["code": "A"]]])
        try await socket.expectNext(.json(path: "$.rows[?@.price > 10].code", equals: ["BMFI"]))
        try socket.send(json: ["flushed": true])
        try await socket.expectNone(
          of: .json(including: ["type": "error"]), before: .json(["flushed": true]))
      }
    }
  }

  @Test func `Many connections`() async throws {
    let clients = Mailbox<WSSocket>("clients")
    try await withWSServer { client in
      clients.send(client)
      _ = try await client.collectUntilClose()
    } _: { server in
      try await WSDriver(server.transport).connectMany(100, path: { _ in "/ws" }) { crowd in
        let everybody = try await clients.collect(count: 100)
        let latencies = try await crowd.fanOut(.json(including: ["type": "tick"])) {
          for client in everybody { try client.send(json: ["type": "tick"]) }
        }
        #expect(latencies.percentile(99) < .seconds(10))
      }
    }
  }

  @Test func `A breach of a flow, as the article shows it`() async throws {
    let texts = try await failureTexts {
      try await withWSServer(WSServer.Options(place: .memory)) { client in
        try client.send(json: ["sequence": 1, "stage": "validation", "percent": 10])
        try client.send(json: ["sequence": 2, "stage": "storage", "percent": 80])
        _ = await client.outcomeOfNext()
      } _: { server in
        try await WSDriver(HTTPDriver(server.transport)).connect("/ws/operations/7") { socket in
          _ = try await socket.follow(Self.imports)
        }
      }
    }
    #expect(
      texts.first?.hasPrefix(
        """
        WebSocket /ws/operations/7: the flow is broken: storage came before transformation
          flow      validation → transformation (repeats) → [cleanup] → storage → completed; failed at any time
          seen      validation
          message   {"sequence":2,"stage":"storage","percent":80}
          frames    
        """) == true, "\(texts)")
  }

  @Test func `Testing refusals`() async throws {
    try await Self.serve { http in
      let refusal = try await WSDriver(http).expectRefusal("/ws/operations/unknown")
      try refusal.exchange.expectProblem(
        status: .notFound, type: "https://example.com/problems/unknown-operation")
      switch try await WSDriver(http).outcome("/ws/operations/7", { try await $0.next() }) {
      case .value(let message): #expect(message.text?.contains("validation") == true)
      case .refused, .failed, .cancelled: Issue.record("expected a message")
      }
    }
  }

  @Test func `Testing reconnects`() async throws {
    try await Self.serve { http in
      let (driver, path) = (WSDriver(http), "/ws/operations/7")
      let first = try await driver.connect(path) { socket in
        let run = try await socket.follow(Self.imports, until: { $0.percent ?? 0 > 40 })
        socket.hangUp(.reset)
        return run
      }
      let whole = try await driver.connect(path) { socket in
        try await socket.follow(Self.imports, from: .after(first))
      }
      #expect(whole.replayed == 2)
      #expect(whole.isEnded)
    }
  }

  /// The frames of the article, and the code that RFC 6455 has for each.
  static let breaches: [(frame: WSFrame, code: WSCloseCode)] = [
    (WSFrame(.text, [0xff]), .invalidPayload),
    (WSFrame(.ping, [], isFinal: false), .protocolError),
    (WSFrame(.text, [65], masking: .none), .protocolError),
    (WSFrame(.binary, [], length: .claimed(1 << 40)), .messageTooBig),
    (WSFrame(.text, [7, 0xff], reserved: .rsv1), .protocolError),
  ]

  @Test(arguments: breaches)
  func `Breaking the protocol on purpose`(breach: (frame: WSFrame, code: WSCloseCode)) async throws
  {
    try await Self.serve { http in
      try await WSDriver(http).connect("/ws") { socket in
        await socket.send(frame: WSFrame(.text, Array("slow".utf8)), inPiecesOf: 1)
        try await socket.expectNext(.text("slow"))
        socket.send(frame: breach.frame)
        try await socket.expectClose(code: breach.code)
      }
    }
  }
}
