import Waiters

@testable import HTTPDriver

extension MemoryConnector {
  /// Connects, and gives the bytes of the client's end.
  func stream() async throws -> ByteStream {
    let connected = Signal<Result<ByteStream, any Error>>("the connection")
    connect(
      watch: ServiceWatch(), opened: { _ in },
      connected: { result in
        connected.send(result.flatMap { channel in Result { try ByteStream(of: channel) } })
      })
    return try await connected.value().get()
  }
}
