import HarnessLoopback
import NIOCore
import Testing
import Waiters

@testable import HTTPDriver

@Suite struct `Accepted connections` {
  /// Runs `use` with the service's ends of connections in memory, on their event loop.
  private func accept(
    _ use: @escaping @Sendable (any Channel) throws -> Void
  ) async throws -> ByteStream {
    try await MemoryConnector { channel, _ in try use(channel) }.stream()
  }

  @Test func `are closed together, and no more are taken then`() async throws {
    let connections = AcceptedConnections()
    let first = try await accept { try connections.add($0) }
    let ended = Signal<Void>("the first one ended")
    first.start { event in if case .ended = event { ended.send() } }
    await connections.closeAll()
    try await ended.value()
    // One that the listener had taken when it was closed.
    await #expect(throws: ChannelError.self) {
      try await accept { try connections.add($0) }
    }
    await connections.closeAll()
  }
}
