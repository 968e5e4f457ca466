import Foundation
import HarnessLoopback
import Testing
import WSDriver

@Suite struct `A body on the thread of its connection` {
  static let options = WSOptions(thread: .connection)

  /// The name of the thread; only Linux tells it so.
  ///
  /// Source: proc(5).
  static func threadName() -> String {
    (try? String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8)) ?? ""
  }

  @Test(
    .enabled("needs the names of threads") { threadName() != "" },
    arguments: [WSMedium.memory, .tcp, .unixSocket])
  func `stays there, in both roles`(medium: WSMedium) async throws {
    try await medium.serve(WSServer.Options(Self.options)) { peer in
      var threads: [String] = []
      await peer.respond { message in
        threads.append(Self.threadName())
        return message
      }
      #expect(Set(threads.suffix(100)).count == 1)
      #expect(threads.last?.hasPrefix("NIO-") == true)
    } _: { transport in
      try await WSDriver(HTTPDriver(transport), Self.options).connect("/") { socket in
        // It moves with the first wait that has to wait, and what comes at once is not waited for.
        var threads: [String] = []
        for number in 0..<200 {
          try socket.send(text: "\(number)")
          try await socket.expectNext(.text("\(number)"))
          threads.append(Self.threadName())
        }
        #expect(Set(threads.suffix(100)).count == 1)
        #expect(threads.last?.hasPrefix("NIO-") == true)
        async let first = socket.next(Int.self)
        try socket.send(text: "7")
        #expect(try await first == 7)
        try await socket.expectNone()
      }
    }
  }

  @Test func `fails at its deadline, and goes on`() async throws {
    try await WSMedium.tcp.serveEcho { transport in
      let texts = try await failureTexts {
        try await WSDriver(HTTPDriver(transport), Self.options).connect("/ws/7") { socket in
          _ = try? await socket.next(within: .milliseconds(10))
          try socket.send(text: "a")
          try await socket.expectNext(.text("a"))
        }
      }
      #expect(texts.count == 1)
      #expect(texts.first?.hasPrefix("WebSocket /ws/7: no message within ") == true, "\(texts)")
    }
  }

  @Test func `is cancelled as any other`() async throws {
    try await WSMedium.memory.serveEcho { transport in
      let opened = Signal<Void>("opened")
      let follower = Task {
        try await WSDriver(HTTPDriver(transport), Self.options).connect("/") { socket in
          opened.send()
          return try await socket.next()
        }
      }
      try await opened.value()
      follower.cancel()
      await #expect(throws: CancellationError.self) { try await follower.value }
    }
  }

  @MainActor @Test func `stays with its actor where it has one`() async throws {
    try await WSMedium.memory.serveEcho { transport in
      try await WSDriver(HTTPDriver(transport), Self.options).connect("/") { socket in
        MainActor.assertIsolated()
        try socket.send(text: "a")
        try await socket.expectNext(.text("a"))
        MainActor.assertIsolated()
      }
    }
  }

  @Test func `may open another one`() async throws {
    try await WSMedium.tcp.serveEcho { transport in
      let driver = WSDriver(HTTPDriver(transport), Self.options)
      try await driver.connect("/") { outer in
        try await driver.connect("/") { inner in
          for socket in [inner, outer] {
            try socket.send(text: "a")
            try await socket.expectNext(.text("a"))
          }
        }
        try outer.send(text: "b")
        try await outer.expectNext(.text("b"))
      }
    }
  }
}
