import Hummingbird
import Logging
import NIOEmbedded
import TestHarness

extension HTTPTransport {
  /// A router in this process, without a server and without sockets.
  static func router(_ router: Router<BasicRequestContext>) -> HTTPTransport {
    let responder = router.buildResponder()
    return .handler { head, body in
      let request = Request(
        head: head, body: RequestBody(asyncSequence: body.map { ByteBuffer(bytes: $0) }))
      // Some middleware asks the context for its channel; nothing is ever written to this one.
      let source = ApplicationRequestContextSource(
        channel: NIOAsyncTestingChannel(), logger: Logger(label: "notes"))
      let response = try await responder.respond(
        to: request, context: BasicRequestContext(source: source))
      let written = WrittenBody()
      try await response.body.write(written)
      return HTTPReply(response.status, .bytes(written.bytes), headers: response.headers)
    }
  }
}

/// Keeps what a response writes.
private final class WrittenBody: ResponseBodyWriter {
  private(set) var bytes: [UInt8] = []

  func write(_ buffer: ByteBuffer) {
    bytes += buffer.readableBytesView
  }

  func finish(_ trailingHeaders: HTTPFields?) {}
}
