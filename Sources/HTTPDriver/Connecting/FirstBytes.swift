package import NIOCore

/// Looks at the first bytes that a server sends, and says so where they are of another protocol than the one expected.
///
/// Those who read the protocol come behind it, and would only say that they cannot.
package final class FirstBytes: ChannelInboundHandler {
  package typealias InboundIn = ByteBuffer
  package typealias InboundOut = ByteBuffer

  private enum State {
    case waiting
    case expected
    case foreign
  }

  private let expected: WireProtocol
  private var state = State.waiting

  package init(expecting expected: WireProtocol) {
    self.expected = expected
  }

  package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch state {
    case .waiting:
      let bytes = unwrapInboundIn(data).readableBytesView
      guard let came = WireProtocol(of: bytes), came != expected else {
        state = .expected
        return context.fireChannelRead(data)
      }
      state = .foreign
      context.fireErrorCaught(WrongProtocol(expected: expected, came: came, bytes: bytes))
    case .expected: context.fireChannelRead(data)
    case .foreign: break
    }
  }
}
