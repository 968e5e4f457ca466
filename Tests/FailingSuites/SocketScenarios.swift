import WSDriver

/// Failures of a WebSocket, for the suites of both frameworks.
enum SocketScenarios {
  struct Step: Codable, Sendable {
    var stage: String
  }

  /// A service that tells two stages in the wrong order, and then waits.
  private static func withService(
    _ body: @escaping @Sendable (WSSocket) async throws -> Void
  ) async throws {
    try await withWSServer { client in
      try client.send(json: Step(stage: "storage"))
      try client.send(json: Step(stage: "validation"))
      await client.respond { _ in nil }
    } _: { server in
      try await WSDriver(HTTPDriver(server.address)).connect("/ws/7") { try await body($0) }
    }
  }

  static func missedMessage() async throws {
    try await withService { socket in
      _ = try await socket.collect(count: 3, within: .milliseconds(300))
    }
  }

  static func brokenFlow() async throws {
    try await withService { socket in
      let flow = WSFlow(Step.self, stage: \.stage, [.once("validation"), .once("storage")])
      try await socket.follow(flow)
    }
  }

  static func fromAnotherTask() async throws {
    try await withService { socket in
      try await Task.detached { () async throws -> Void in
        try await socket.expectNext(.json(at: "/stage", equals: "validation"))
      }.value
    }
  }

  static func scriptOfAServer() async throws {
    try await withWSServer { client in
      try await client.expectNext(.text("hello"))
    } _: { server in
      try await WSDriver(HTTPDriver(server.address)).connect("/ws/7") { socket in
        try socket.send(text: "bye")
        try await socket.expectClose(code: .goingAway)
      }
    }
  }
}
