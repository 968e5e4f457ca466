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
      // At once: a client that fails at the first closes before a second could be sent.
      client.send(frames: ["storage", "validation"].map { WSFrame(.text, stage: $0) })
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

extension WSFrame {
  fileprivate init(_ opcode: WSOpcode, stage: String) {
    self.init(opcode, Array("{\"stage\":\"\(stage)\"}".utf8))
  }
}
