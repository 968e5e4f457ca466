import Foundation
import HTTPDriver
import HarnessProcess
import Testing
import WSDriver

/// Servers that nobody here wrote; `HARNESS_PYTHON` may name a Python that has what they need.
@Suite struct `Other WebSocket servers` {
  static let python = ProcessInfo.processInfo.environment["HARNESS_PYTHON"] ?? "python3"

  @Test(
    .enabled("needs Python's websockets") {
      let check = Command(python, ["-c", "import websockets"])
      return (try? await run(check).status.isSuccess) ?? false
    })
  func `Python's websockets echoes and closes`() async throws {
    let program = """
      import asyncio, websockets
      async def echo(socket):
          async for message in socket:
              if message == "bye":
                  await socket.close(4000, "as asked")
              else:
                  await socket.send(message)
      async def main():
          async with websockets.serve(echo, "127.0.0.1", 0) as server:
              port = server.sockets[0].getsockname()[1]
              print(f"listening on 127.0.0.1:{port}", flush=True)
              await asyncio.get_running_loop().create_future()
      asyncio.run(main())
      """
    try await withServiceProcess(Self.python, arguments: ["-c", program]) { service in
      try await WSDriver(HTTPDriver(service.address)).connect("/") { socket in
        for count in [0, 1, 125, 126, 65_535, 65_536, 300_000] {
          let text = String(repeating: "x", count: count)
          try socket.send(text: text)
          #expect(try await socket.next() == .text(text))
        }
        try socket.send(binary: [0, 255])
        #expect(try await socket.next() == .binary([0, 255]))
        try await socket.expectNone()
        try socket.send(text: "bye")
        try await socket.expectClose(code: 4000, reason: "as asked")
      }
    }
  }
}
