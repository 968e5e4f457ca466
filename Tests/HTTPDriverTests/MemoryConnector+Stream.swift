import HarnessLoopback
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

extension ByteStream {
  /// Sends requests as they stand, and gives all that comes until the connection ends.
  func answers(to requests: String) async throws -> String {
    let received = Collected<String>()
    let ended = Signal<Void>("the connection ended")
    start { event in
      switch event {
      case .bytes(let bytes): received.append(String(decoding: bytes, as: UTF8.self))
      case .ended: ended.send()
      case .writability: break
      }
    }
    write(Array(requests.utf8))
    try await ended.value()
    return received.all.joined()
  }
}
