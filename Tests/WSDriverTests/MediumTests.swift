import Foundation
import Testing
import WSDriver

@Suite struct `WebSockets over every medium` {
  static let media = [WSMedium.memory, .tcp, .unixSocket]

  @Test(arguments: media, WSConformanceCase.all)
  func `behave the same`(medium: WSMedium, conformance: WSConformanceCase) async throws {
    try await conformance.check(medium)
  }

  /// What is left of a server on a Unix socket.
  @Test func `leave no file behind`() async throws {
    var path = ""
    let options = WSServer.Options(place: WSMedium.unixSocket.makePlace())
    try await withWSServer(options) { _ in
    } _: { server in
      #expect(server.port == nil)
      path = String(server.address.dropFirst("unix:".count))
      #expect(FileManager.default.fileExists(atPath: path))
    }
    #expect(!FileManager.default.fileExists(atPath: path))
  }
}
