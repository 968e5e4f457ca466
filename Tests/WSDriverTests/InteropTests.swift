import Foundation
import HTTPDriver
import HarnessProcess
import Testing
import WSDriver

/// Peers that nobody here wrote; `HARNESS_PYTHON` may name a Python that has what they need.
enum Peers {
  static let python = ProcessInfo.processInfo.environment["HARNESS_PYTHON"] ?? "python3"

  /// Whether Python has these modules.
  static func has(_ modules: String) async -> Bool {
    (try? await run(Command(python, ["-c", "import \(modules)"])).status.isSuccess) ?? false
  }

  /// Prints where a server listens, as ``withServiceProcess`` awaits it.
  static let announce = #"print(f"listening on 127.0.0.1:{port}", flush=True)"#
}

@Suite struct `Other WebSocket servers` {
  /// Talks with a server that echoes: every form of a length, both kinds, and compressed where it takes that.
  static func talk(_ address: String, _ path: String = "/", compression: WSDeflate?) async throws {
    let driver = WSDriver(HTTPDriver(address), compression: compression)
    try await driver.connect(path) { socket in
      #expect((socket.compression != nil) == (compression != nil))
      for count in [0, 1, 125, 126, 65_535, 65_536, 300_000] {
        let text = String(repeating: "x", count: count)
        try socket.send(text: text)
        #expect(try await socket.next() == .text(text))
      }
      let words = String(repeating: "{\"stage\":\"grüezi 👋\"}", count: 100)
      for _ in 0..<3 {
        try socket.send(text: words)
        #expect(try await socket.next() == .text(words))
      }
      try socket.send(binary: [0, 255])
      #expect(try await socket.next() == .binary([0, 255]))
      try await socket.expectNone()
    }
  }

  static let offers: [WSDeflate?] = [
    nil, WSDeflate(),
    WSDeflate(
      serverNoContextTakeover: true, clientNoContextTakeover: true, serverMaxWindowBits: 10,
      clientMaxWindowBits: 9),
  ]

  @Test(.enabled("needs Python's websockets") { await Peers.has("websockets") }, arguments: offers)
  func `Python's websockets echoes and closes`(offer: WSDeflate?) async throws {
    let program = """
      import asyncio, websockets
      async def echo(socket):
          async for message in socket:
              if message == "bye":
                  await socket.close(4000, "as asked")
              else:
                  await socket.send(message)
      async def main():
          async with websockets.serve(echo, "127.0.0.1", 0, open_timeout=None, ping_interval=None) as server:
              port = server.sockets[0].getsockname()[1]
              \(Peers.announce)
              await asyncio.get_running_loop().create_future()
      asyncio.run(main())
      """
    try await withServiceProcess(Peers.python, arguments: ["-c", program]) { service in
      try await Self.talk(service.address, compression: offer)
      let driver = WSDriver(HTTPDriver(service.address), compression: offer)
      try await driver.connect("/") { socket in
        try socket.send(text: "bye")
        let closure = try await socket.expectClose(code: 4000, reason: "as asked")
        #expect(closure.closedBy == .server)
      }
      // It reads lengths without looking at their form.
      try await WSDriver(HTTPDriver(service.address)).expectStrictness(
        "/",
        except: [
          "5.2 a length of 16 bits that fits into 7", "5.2 a length of 64 bits that fits into 16",
        ], codes: .anyCode)
    }
  }

  @Test(.enabled("needs Python's websockets") { await Peers.has("websockets") })
  func `Python's websockets echoes over a Unix socket`() async throws {
    let path = "/tmp/harness-peer-\(getpid())-\(UInt32.random(in: 0 ... .max)).sock"
    defer { try? FileManager.default.removeItem(atPath: path) }
    // It has to say an address, which nobody uses.
    let program = """
      import asyncio, sys, websockets
      async def echo(socket):
          async for message in socket:
              await socket.send(message)
      async def main():
          async with websockets.unix_serve(echo, sys.argv[1], open_timeout=None, ping_interval=None):
              port = 1
              \(Peers.announce)
              await asyncio.get_running_loop().create_future()
      asyncio.run(main())
      """
    try await withServiceProcess(Peers.python, arguments: ["-c", program, path]) { _ in
      let driver = WSDriver(HTTPDriver(.unixSocket(path)), compression: WSDeflate())
      try await driver.connect("/") { socket in
        for text in ["x", String(repeating: "grüezi 👋", count: 20_000)] {
          try socket.send(text: text)
          try await socket.expectNext(.text(text))
        }
      }
    }
  }

  @Test(
    .enabled("needs Python's aiohttp") { await Peers.has("aiohttp") }, arguments: offers.prefix(2))
  func `aiohttp echoes`(offer: WSDeflate?) async throws {
    let program = """
      import asyncio
      from aiohttp import web, WSMsgType
      async def echo(request):
          socket = web.WebSocketResponse()
          await socket.prepare(request)
          async for message in socket:
              if message.type == WSMsgType.TEXT:
                  await socket.send_str(message.data)
              elif message.type == WSMsgType.BINARY:
                  await socket.send_bytes(message.data)
          return socket
      async def main():
          app = web.Application()
          app.router.add_get("/", echo)
          runner = web.AppRunner(app)
          await runner.setup()
          site = web.TCPSite(runner, "127.0.0.1", 0)
          await site.start()
          port = site._server.sockets[0].getsockname()[1]
          \(Peers.announce)
          await asyncio.get_running_loop().create_future()
      asyncio.run(main())
      """
    try await withServiceProcess(Peers.python, arguments: ["-c", program]) { service in
      try await Self.talk(service.address, compression: offer)
    }
  }

  @Test(
    .enabled("needs Python's hypercorn") { await Peers.has("hypercorn") },
    arguments: offers.prefix(2))
  func `hypercorn echoes`(offer: WSDeflate?) async throws {
    let program = """
      import asyncio, socket
      from hypercorn.asyncio import serve
      from hypercorn.config import Config
      async def app(scope, receive, send):
          if scope["type"] != "websocket":
              return
          while True:
              event = await receive()
              if event["type"] == "websocket.connect":
                  await send({"type": "websocket.accept"})
              elif event["type"] == "websocket.receive":
                  await send({"type": "websocket.send", "text": event.get("text"), "bytes": event.get("bytes")})
              else:
                  return
      listener = socket.socket()
      listener.bind(("127.0.0.1", 0))
      listener.listen(100)
      port = listener.getsockname()[1]
      config = Config()
      config.keep_alive_timeout = 3600
      config.bind = [f"fd://{listener.fileno()}"]
      config.accesslog = None
      async def main():
          server = asyncio.create_task(serve(app, config))
          \(Peers.announce)
          await server
      asyncio.run(main())
      """
    try await withServiceProcess(Peers.python, arguments: ["-c", program]) { service in
      try await Self.talk(service.address, compression: offer)
    }
  }

  @Test(
    .enabled("needs websocketd") {
      (try? await run(Command("websocketd", ["--version"])).status.isSuccess) ?? false
    })
  func `websocketd sends what a program prints`() async throws {
    // It tells neither which port it was given nor that it listens, so a free port is asked for first, and the
    // shell looks when somebody is there.
    let port = try await withWSServer { _ in
    } _: {
      try #require($0.port)
    }
    let program = "websocketd --port=\(port) --address=127.0.0.1 --loglevel=error cat & "
    let wait =
      "until (exec 3<>/dev/tcp/127.0.0.1/\(port)) 2>/dev/null; do kill -0 $! || exit 1; done; "
    try await withServiceProcess(
      "bash",
      arguments: [
        "-c",
        program + wait + "echo listening on 127.0.0.1:\(port); trap 'kill $!; exit 0' TERM; wait",
      ]
    ) { service in
      try await WSDriver(HTTPDriver(service.address)).connect("/") { socket in
        try socket.send(text: "grüezi")
        try await socket.expectNext(.text("grüezi"))
      }
    }
  }
}

@Suite struct `Other WebSocket clients` {
  /// Runs a client against a server that echoes; the program says so when all is well.
  static func run(
    _ program: String, _ compression: WSDeflate?, on place: WSServer.Place = .tcp()
  ) async throws {
    let options = WSServer.Options(WSOptions(compression: compression), place: place)
    try await withWSServer(options) { client in
      await client.respond { $0 }
    } _: { server in
      let result = try await HarnessProcess::run(
        Command(Peers.python, ["-c", program, server.url]))
      let output = result.standardOutput.text + result.standardError.text
      #expect(output == "all is well\n")
    }
  }

  @Test(
    .enabled("needs Python's websockets") { await Peers.has("websockets") },
    arguments: [nil, WSDeflate()])
  func `Python's websockets is echoed`(compression: WSDeflate?) async throws {
    let program = """
      import asyncio, sys, websockets
      async def main():
          async with websockets.connect(sys.argv[1] + "/", open_timeout=None, ping_interval=None) as socket:
              for message in ["", "x" * 126, "grüezi 👋" * 20000, bytes(range(256)) * 300]:
                  for _ in range(2):
                      await socket.send(message)
                      assert await socket.recv() == message
              await (await socket.ping())
              await socket.close(4001, "done")
              assert socket.close_code == 4001, socket.close_code
          print("all is well")
      asyncio.run(main())
      """
    try await Self.run(program, compression)
  }

  @Test(.enabled("needs Python's websockets") { await Peers.has("websockets") })
  func `Python's websockets is echoed over a Unix socket`() async throws {
    let program = """
      import asyncio, sys, websockets
      async def main():
          path = sys.argv[1].removeprefix("unix:")
          async with websockets.unix_connect(path, open_timeout=None, ping_interval=None) as socket:
              for message in ["x" * 126, "grüezi 👋" * 20000]:
                  await socket.send(message)
                  assert await socket.recv() == message
              await socket.close(4001, "done")
              assert socket.close_code == 4001, socket.close_code
          print("all is well")
      asyncio.run(main())
      """
    try await Self.run(program, WSDeflate(), on: WSMedium.unixSocket.makePlace())
  }

  @Test(
    .enabled("needs Python's aiohttp") { await Peers.has("aiohttp") },
    arguments: [nil, WSDeflate()])
  func `aiohttp is echoed`(compression: WSDeflate?) async throws {
    let program = """
      import asyncio, sys, aiohttp
      async def main():
          async with aiohttp.ClientSession() as session:
              async with session.ws_connect(sys.argv[1] + "/", compress=15) as socket:
                  for text in ["", "x" * 126, "grüezi 👋" * 20000]:
                      for _ in range(2):
                          await socket.send_str(text)
                          assert (await socket.receive_str()) == text
                  await socket.close(code=4001)
          print("all is well")
      asyncio.run(main())
      """
    try await Self.run(program, compression)
  }
}
