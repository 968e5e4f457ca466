import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix

/// The least that a client on NIO does: a connection, the codec, a request, the whole response.
struct BareClient: Sendable {
  private let host: String
  private let port: Int

  init(address: String) throws {
    guard let url = URL(string: address), let host = url.host(), let port = url.port else {
      throw Trouble(description: "\(address) is no address")
    }
    self.host = host
    self.port = port
  }

  func exchange() async throws {
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let promise = loop.makePromise(of: Int.self)
    let head = HTTPRequestHead(
      version: .http1_1, method: .GET, uri: "/", headers: ["Host": "\(host):\(port)"])
    ClientBootstrap(group: loop)
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHTTPClientHandlers()
          try channel.pipeline.syncOperations.addHandler(Collector(promise: promise))
        }
      }
      .connect(host: host, port: port)
      .whenComplete { result in
        switch result {
        case .success(let channel):
          channel.write(HTTPClientRequestPart.head(head), promise: nil)
          channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
        case .failure(let error): promise.fail(error)
        }
      }
    _ = try await promise.futureResult.get()
  }
}

private final class Collector: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart

  private let promise: EventLoopPromise<Int>
  private var count = 0

  init(promise: EventLoopPromise<Int>) {
    self.promise = promise
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head: break
    case .body(let bytes): count += bytes.readableBytes
    case .end:
      let promise = promise
      let count = count
      context.close().whenComplete { _ in promise.succeed(count) }
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    promise.fail(error)
    context.close(promise: nil)
  }
}
